package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Decodes values in JSON or CSV as an input does, without Kafka: with the same readers, checks and
 * error codes.
 *
 * <p>Not thread-safe.
 */
public final class InputDecoder {
  private static final String NO_BROKER = "localhost:9092";
  private static final String NO_TOPIC = "none";

  private final RecordDecoder decoder;

  private InputDecoder(RecordDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Creates a decoder.
   *
   * @param input the input's name, for the log
   * @param columns the columns of the format, followed by {@link UndeclaredColumn} if there is one
   * @param options {@code format}, its options and {@code value-reader}
   * @throws InvalidOptionsException if an option is invalid
   */
  public static InputDecoder of(String input, ResolvedSchema columns, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put(FactoryUtil.CONNECTOR.key(), KafkaInputTableFactory.IDENTIFIER);
    all.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), NO_BROKER);
    all.put(KafkaOptions.TOPIC.key(), NO_TOPIC);
    ResolvedCatalogTable table =
        new ResolvedCatalogTable(
            CatalogTable.newBuilder()
                .schema(Schema.newBuilder().fromResolvedSchema(columns).build())
                .options(all)
                .build(),
            columns);
    KafkaInputTable source = source(input, table);
    if (UndeclaredColumn.isIn(columns)) {
      source.applyReadableMetadata(
          List.of(UndeclaredColumn.KEY), columns.toSourceRowDataType().notNull());
    }
    RecordDecoder decoder = source.decoder(DetachedContext.INSTANCE);
    try {
      decoder.open(DetachedContext.INSTANCE);
    } catch (Exception e) { // Declared for Flink's formats.
      throw new IllegalStateException("failed to open the format", e);
    }
    return new InputDecoder(decoder);
  }

  /** Creates the table of an input. */
  static KafkaInputTable source(String input, ResolvedCatalogTable table) {
    try {
      return (KafkaInputTable)
          FactoryUtil.createDynamicTableSource(
              new KafkaInputTableFactory(),
              ObjectIdentifier.of("default_catalog", "default_database", input),
              table,
              Map.of(),
              new Configuration(),
              InputDecoder.class.getClassLoader(),
              true);
    } catch (ValidationException e) {
      if (e.getCause() instanceof InvalidOptionsException invalid) {
        throw invalid;
      }
      throw e;
    }
  }

  /**
   * Decodes the value of a record and passes its good rows to {@code rows}, with a field for each
   * column of the format.
   *
   * @return what is wrong with the record, or with each of its bad rows; empty if it is good
   */
  public List<RecordProblem> decode(byte[] value, Consumer<RowData> rows) throws IOException {
    return decoder.decode(value, rows);
  }
}
