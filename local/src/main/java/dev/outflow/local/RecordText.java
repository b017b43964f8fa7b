package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.compose.AvroSchemas;
import dev.outflow.compose.ComposedJob;
import dev.outflow.registry.RegistryFormatFactory;
import dev.outflow.registry.WireFormat;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Formats the value of a record for people. */
final class RecordText {
  private static final Set<String> TEXT_FORMATS = Set.of("json", "csv", "raw");

  private RecordText() {}

  /** Returns the formatter for the values of an output. */
  static Function<byte[], String> of(ComposedJob job, String alias) {
    String format = job.definition().outputs().get(alias).options().get(FactoryUtil.FORMAT.key());
    boolean jsonEncoding =
        "json".equals(job.definition().outputs().get(alias).options().get("avro.encoding"));
    return AvroSchemas.of(job, alias)
        .filter(schema -> !jsonEncoding)
        .map(schema -> avro(schema, format))
        .orElseGet(
            () ->
                value ->
                    TEXT_FORMATS.contains(format) || jsonEncoding
                        ? new String(value, UTF_8)
                        : "%d bytes of %s".formatted(value.length, format));
  }

  private static Function<byte[], String> avro(Schema schema, String format) {
    int head = format.equals(RegistryFormatFactory.IDENTIFIER) ? WireFormat.HEADER_SIZE : 0;
    GenericDatumReader<Object> reader = new GenericDatumReader<>(schema);
    return value -> {
      try {
        return reader
            .read(null, DecoderFactory.get().binaryDecoder(value, head, value.length - head, null))
            .toString();
      } catch (IOException | RuntimeException e) {
        return "%d bytes that do not match the schema".formatted(value.length);
      }
    };
  }
}
