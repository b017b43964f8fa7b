package dev.outflow.kafka.input;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.ContextWithOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;

/**
 * The table of an input whose records another connector reads, from files for example: columns,
 * metadata and bad records are treated as in a Kafka input.
 */
public final class RecordTable {
  private static final String NO_BROKER = "localhost:9092";
  private static final String NO_TOPIC = "none";

  private final KafkaInputTable table;

  private RecordTable(KafkaInputTable table) {
    this.table = table;
  }

  /**
   * Creates the table.
   *
   * @param options those that a Kafka input has as well: the format, its options and how bad
   *     records are handled
   * @throws dev.outflow.option.InvalidOptionsException with every problem of the options
   */
  public static RecordTable of(DynamicTableFactory.Context table, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), NO_BROKER);
    all.put(KafkaOptions.TOPIC.key(), NO_TOPIC);
    return new RecordTable(
        (KafkaInputTable)
            new KafkaInputTableFactory()
                .createDynamicTableSource(new ContextWithOptions(table, all)));
  }

  /** Returns the kinds of rows that the format emits. */
  public ChangelogMode changelogMode() {
    return table.getChangelogMode();
  }

  /** Returns the type of each metadata key. */
  public Map<String, DataType> metadata() {
    return table.listReadableMetadata();
  }

  /** Adds metadata to the rows, which then have the type {@code produced}. */
  public void applyMetadata(List<String> keys, DataType produced) {
    table.applyReadableMetadata(keys, produced);
  }

  /**
   * Returns the deserializer of records.
   *
   * @throws dev.outflow.option.InvalidOptionsException if a column has metadata that requires event
   *     ordering
   */
  public KafkaRecordDeserializationSchema<RowData> deserializer(
      ScanTableSource.ScanContext context) {
    return table.unorderedDeserializer(context);
  }

  /** Returns an independent copy. */
  public RecordTable copy() {
    return new RecordTable((KafkaInputTable) table.copy());
  }
}
