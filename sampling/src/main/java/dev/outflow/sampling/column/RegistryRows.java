package dev.outflow.sampling.column;

import dev.outflow.kafka.error.InvalidHeaderException;
import dev.outflow.kafka.input.RecordRows;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.registry.ConfiguredRegistry;
import dev.outflow.sampling.RowJson;
import dev.outflow.sampling.TopicSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The columns and rows of a sample in Avro with a schema registry. The columns are those of the
 * latest record's schema, and every record was read with them.
 *
 * @param notes what is unusual, one line each
 */
record RegistryRows(
    List<InferredColumn> columns, List<SampleRow> rows, int badRecords, List<String> notes) {
  private static final String URL = RegistryOptions.FORMAT + "." + RegistryOptions.URL.key();
  private static final int HEADER = 5;

  /** Returns whether the records are read with a registry, as far as the user said so. */
  static boolean isUsedBy(
      TopicSample sample, Optional<String> format, Map<String, String> connection) {
    return format
        .map(RegistryOptions.FORMAT::equals)
        .orElseGet(
            () ->
                connection.containsKey(URL)
                    && values(sample).stream().filter(RegistryRows::hasSchemaId).count()
                        >= values(sample).size() / 2.0);
  }

  private static boolean hasSchemaId(ConsumerRecord<byte[], byte[]> record) {
    return BinaryFormat.of(record.value()).filter(BinaryFormat.SCHEMA_ID::equals).isPresent();
  }

  private static List<ConsumerRecord<byte[], byte[]>> values(TopicSample sample) {
    return sample.records().stream().filter(record -> record.value() != null).toList();
  }

  /**
   * Reads the rows of a sample.
   *
   * @param connection the options of the topic and of the registry
   * @throws NoColumnsException if the schema is missing, is not Avro, or has a type without a
   *     column
   * @throws InvalidOptionsException if the registry is unavailable
   */
  static RegistryRows of(TopicSample sample, Map<String, String> connection) {
    if (!connection.containsKey(URL)) {
      throw InvalidOptionsException.of(URL, "is required for this format");
    }
    List<ConsumerRecord<byte[], byte[]>> values = values(sample);
    if (values.isEmpty()) {
      throw new NoColumnsException("the records have no values (they are tombstones)");
    }
    try {
      RowType type =
          new ConfiguredRegistry(RegistryOptions.FORMAT, connection)
              .rowType(values.get(values.size() - 1).value());
      return of(sample, type, connection);
    } catch (InvalidHeaderException e) {
      throw new NoColumnsException("columns cannot be inferred: " + e.getMessage());
    } catch (IOException e) {
      throw new NoColumnsException("the records cannot be decoded now: " + e.getMessage());
    }
  }

  private static RegistryRows of(TopicSample sample, RowType type, Map<String, String> connection)
      throws IOException {
    List<String> notes = new ArrayList<>();
    List<RowType.RowField> fields = new ArrayList<>();
    for (RowType.RowField field : type.getFields()) {
      if (field.getType().is(LogicalTypeRoot.RAW)) {
        notes.add(
            "field '%s' is a union, which a column cannot have; it is left out"
                .formatted(field.getName()));
      } else {
        fields.add(field);
      }
    }
    long schemas =
        values(sample).stream()
            .filter(RegistryRows::hasSchemaId)
            .map(record -> Arrays.hashCode(Arrays.copyOf(record.value(), HEADER)))
            .distinct()
            .count();
    if (schemas > 1) {
      notes.add("%d schemas in the sample; the columns are those of the latest".formatted(schemas));
    }
    Map<String, String> table = new HashMap<>(connection);
    table.putIfAbsent(KafkaOptions.BOOTSTRAP_SERVERS.key(), "localhost:9092");
    table.putIfAbsent(KafkaOptions.TOPIC.key(), "sample");
    table.put(FactoryUtil.FORMAT.key(), RegistryOptions.FORMAT);
    List<InferredColumn> columns =
        fields.stream()
            .map(
                field ->
                    new InferredColumn(
                        field.getName(),
                        DeclaredColumns.of(field.getType()),
                        0,
                        0,
                        Optional.empty(),
                        "",
                        field.getType().isNullable()))
            .toList();
    RecordRows reader = RecordRows.of("columns", ReadableColumns.schema(columns), table);
    RowJson json =
        new RowJson(reader.type(), columns.stream().map(InferredColumn::name).toList(), Map.of());
    List<SampleRow> rows = new ArrayList<>();
    int bad = 0;
    for (ConsumerRecord<byte[], byte[]> record : sample.records()) {
      boolean isGood =
          reader
              .read(
                  record,
                  row ->
                      rows.add(new SampleRow(json.of(row), record.timestamp(), record.partition())))
              .isEmpty();
      bad += isGood ? 0 : 1;
    }
    if (rows.isEmpty()) {
      throw new NoColumnsException("no record can be read with the schema of the latest one");
    }
    return new RegistryRows(
        columns.stream().map(column -> counted(column, rows)).toList(), rows, bad, notes);
  }

  private static InferredColumn counted(InferredColumn column, List<SampleRow> rows) {
    int seen = (int) rows.stream().filter(row -> row.values().hasNonNull(column.name())).count();
    return new InferredColumn(
        column.name(),
        column.type(),
        seen,
        rows.size(),
        Optional.empty(),
        column.isOptional() ? "optional" : "",
        column.isOptional());
  }
}
