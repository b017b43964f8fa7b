package dev.outflow.check;

import dev.outflow.registry.ConfiguredRegistry;
import java.util.Optional;
import org.apache.avro.Schema;

/** Checks that a format's schema registry accepts this client and its schema. */
record RegistryChecks(StepRunner steps, KafkaTable table) {

  /** Checks each registry that the options name, usually one or none. */
  void run() {
    Optional<Schema> schema =
        table instanceof KafkaTable.Output output ? output.schema() : Optional.empty();
    for (ConfiguredRegistry registry : ConfiguredRegistry.in(table.options())) {
      // The schema's own request is enough before a start, and may be all that is authorized.
      if (schema.isEmpty() || steps.scope() == CheckScope.EVERYTHING) {
        steps.run(CheckStep.REGISTRY, () -> StepResult.ok(true, "connected to " + registry.ping()));
      }
      schema.ifPresent(
          avro -> steps.run(CheckStep.SCHEMA, () -> StepResult.ok(true, registry.check(avro))));
    }
  }
}
