package dev.outflow.compose;

import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.registry.RegistryFormatFactory;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** Derives the Avro schemas of outputs. */
public final class AvroSchemas {
  private static final String LEGACY = "avro.timestamp_mapping.legacy";

  private AvroSchemas() {}

  /** Returns the schema of an output whose format is {@code avro} or {@code avro-confluent}. */
  public static Optional<Schema> of(ComposedJob job, String alias) {
    Map<String, String> options =
        FormatDefaults.addTo(job.definition().outputs().get(alias).options());
    return switch (options.getOrDefault(FactoryUtil.FORMAT.key(), "")) {
      case RegistryFormatFactory.IDENTIFIER -> registered(job, alias);
      case "avro" ->
          Optional.of(
              AvroSchemaConverter.convertToSchema(
                  row(job, alias), Boolean.parseBoolean(options.get(LEGACY))));
      default -> Optional.empty();
    };
  }

  /** Returns the schema to register for an output whose format is {@code avro-confluent}. */
  public static Optional<Schema> registered(ComposedJob job, String alias) {
    String format = job.definition().outputs().get(alias).options().get(FactoryUtil.FORMAT.key());
    return RegistryFormatFactory.IDENTIFIER.equals(format)
        ? Optional.of(RegistryFormatFactory.schema(row(job, alias)))
        : Optional.empty();
  }

  private static LogicalType row(ComposedJob job, String alias) {
    DataType row = job.outputColumns().get(alias).toPhysicalRowDataType().notNull();
    KafkaOutput output = KafkaOutput.of(job.definition().outputs().get(alias).options(), alias);
    return output.valueType(row).getLogicalType();
  }
}
