package dev.outflow.check;

import dev.outflow.compose.AvroSchemas;
import dev.outflow.compose.ComposedJob;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutput;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists the Kafka inputs and outputs of a job by their paths in its definition. */
final class KafkaTables {
  private KafkaTables() {}

  /** Returns inputs first; inputs of other connectors are left out. */
  static Map<String, KafkaTable> of(ComposedJob job) {
    Map<String, KafkaTable> tables = new LinkedHashMap<>();
    job.definition()
        .inputs()
        .forEach(
            (name, input) -> {
              if (input.isKafka()) {
                String path = "inputs." + name;
                KafkaInput kafka =
                    KafkaInput.of(input.options(), KafkaOptions.defaultId(job.name(), name));
                tables.put(
                    path,
                    new KafkaTable.Input(
                        path, kafka, job.savepoint().isPresent(), input.options()));
              }
            });
    job.definition()
        .outputs()
        .forEach(
            (alias, output) -> {
              String path = "outputs." + alias;
              KafkaOutput kafka =
                  KafkaOutput.of(output.options(), KafkaOptions.defaultId(job.name(), alias));
              tables.put(
                  path,
                  new KafkaTable.Output(
                      path,
                      kafka,
                      job.checkpoints(),
                      output.options(),
                      AvroSchemas.registered(job, alias)));
            });
    return tables;
  }
}
