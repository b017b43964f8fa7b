package dev.outflow.check;

import dev.outflow.registry.ConfiguredRegistry;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Whether the schema registry that a format writes to or reads from lets this client in, and takes
 * the schema of an output.
 */
record RegistrySteps(Steps steps, KafkaTable target) {
  private static final Duration WAIT = Duration.ofSeconds(12);

  /** Asks each registry that the options name; none if they name none. */
  void run() {
    Optional<Schema> schema =
        target instanceof KafkaTable.Output output ? output.schema() : Optional.empty();
    for (ConfiguredRegistry registry : ConfiguredRegistry.in(target.options())) {
      steps.ask("registry", WAIT, () -> StepResult.ok(true, registry.ping() + " answered"));
      schema.ifPresent(
          written ->
              steps.ask(
                  "schema", WAIT, () -> StepResult.ok(true, registry.check(written)), "registry"));
    }
  }
}
