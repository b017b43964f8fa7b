package dev.outflow.job;

import dev.outflow.kafka.option.FormatDefaults;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;

/** The schema with which an output's Avro records are written, and with which to read them. */
public final class AvroSchemas {
  private static final String LEGACY = "avro.timestamp_mapping.legacy";

  private AvroSchemas() {}

  /** The schema of an output, if its format is {@code avro}. */
  public static Optional<Schema> of(ComposedJob job, String alias) {
    Map<String, String> options =
        FormatDefaults.addTo(job.definition().outputs().get(alias).options());
    if (!"avro".equals(options.get(FactoryUtil.FORMAT.key()))) {
      return Optional.empty();
    }
    LogicalType row =
        job.outputColumns().get(alias).toPhysicalRowDataType().notNull().getLogicalType();
    return Optional.of(
        AvroSchemaConverter.convertToSchema(row, Boolean.parseBoolean(options.get(LEGACY))));
  }
}
