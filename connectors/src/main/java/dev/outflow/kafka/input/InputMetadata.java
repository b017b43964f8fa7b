package dev.outflow.kafka.input;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.outflow.kafka.error.RecordProblem;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Metadata of a record: {@code METADATA} columns by the names of Flink's own Kafka table, those of
 * Azure Stream Analytics that mean the same, and the reason why a record is bad.
 */
enum InputMetadata implements RecordMetadata {
  TOPIC("topic", DataTypes.STRING().notNull(), (record, problem) -> text(record.topic())),
  PARTITION("partition", DataTypes.INT().notNull(), (record, problem) -> record.partition()),
  KEY("key", DataTypes.BYTES(), (record, problem) -> record.key()),
  HEADERS(
      "headers",
      DataTypes.MAP(DataTypes.STRING(), DataTypes.BYTES()).notNull(),
      (record, problem) -> headers(record)),
  LEADER_EPOCH(
      "leader-epoch", DataTypes.INT(), (record, problem) -> record.leaderEpoch().orElse(null)),
  OFFSET("offset", DataTypes.BIGINT().notNull(), (record, problem) -> record.offset()),
  TIMESTAMP(
      "timestamp",
      DataTypes.TIMESTAMP_LTZ(3).notNull(),
      (record, problem) -> TimestampData.fromEpochMillis(record.timestamp())),
  TIMESTAMP_TYPE(
      "timestamp-type",
      DataTypes.STRING().notNull(),
      (record, problem) -> text(record.timestampType().toString())),
  /** The timestamp, which Event Hubs sets when it receives a record. */
  EVENT_ENQUEUED_UTC_TIME(
      "EventEnqueuedUtcTime", DataTypes.TIMESTAMP_LTZ(3).notNull(), TIMESTAMP.getter),
  PARTITION_ID("PartitionId", DataTypes.INT().notNull(), PARTITION.getter),
  /** The time of reading: another one when the record is read again after a failure. */
  EVENT_PROCESSED_UTC_TIME(
      "EventProcessedUtcTime",
      DataTypes.TIMESTAMP_LTZ(3).notNull(),
      (record, problem) -> TimestampData.fromInstant(Instant.now().truncatedTo(MILLIS))),
  /** Filled in later, by event ordering. */
  ORIGINAL_EVENT_TIME("original-event-time", DataTypes.TIMESTAMP_LTZ(3), (record, problem) -> null),
  /** Null for a good record, as all metadata that starts with {@code error-}. */
  ERROR_CODE(
      "error-code", DataTypes.STRING(), ifBad((record, problem) -> text("" + problem.code()))),
  ERROR_MESSAGE(
      "error-message", DataTypes.STRING(), ifBad((record, problem) -> text(problem.message()))),
  ERROR_COLUMN(
      "error-column",
      DataTypes.STRING(),
      ifBad((record, problem) -> text(problem.column().orElse(null)))),
  /**
   * The origin of a bad record; a table cannot have two columns with the same metadata, and these
   * leave {@link #TOPIC} and the others to the user.
   */
  ERROR_TOPIC("error-topic", DataTypes.STRING(), ifBad(TOPIC.getter)),
  ERROR_PARTITION("error-partition", DataTypes.INT(), ifBad(PARTITION.getter)),
  ERROR_OFFSET("error-offset", DataTypes.BIGINT(), ifBad(OFFSET.getter)),
  ERROR_TIMESTAMP("error-timestamp", DataTypes.TIMESTAMP_LTZ(3), ifBad(TIMESTAMP.getter)),
  ERROR_KEY("error-key", DataTypes.BYTES(), ifBad(KEY.getter)),
  ERROR_VALUE("error-value", DataTypes.BYTES(), ifBad((record, problem) -> record.value()));

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Immutable, but Flink does not declare it so.
  private final DataType type;

  @SuppressWarnings("ImmutableEnumChecker") // The lambdas above capture nothing.
  private final Getter getter;

  InputMetadata(String key, DataType type, Getter getter) {
    this.key = key;
    this.type = type;
    this.getter = getter;
  }

  private interface Getter {
    Object get(ConsumerRecord<byte[], byte[]> record, RecordProblem problem);
  }

  private static Getter ifBad(Getter getter) {
    return (record, problem) -> problem == null ? null : getter.get(record, problem);
  }

  private static StringData text(String text) {
    return StringData.fromString(text);
  }

  private static GenericMapData headers(ConsumerRecord<byte[], byte[]> record) {
    Map<StringData, byte[]> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(text(header.key()), header.value());
    }
    return new GenericMapData(headers);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
    return getter.get(record, problem);
  }

  /** Returns the metadata of every record by its key, in the order declared here. */
  static Map<String, RecordMetadata> byKey() {
    Map<String, RecordMetadata> byKey = new LinkedHashMap<>();
    for (InputMetadata metadata : values()) {
      byKey.put(metadata.key, metadata);
    }
    return byKey;
  }

  @Override
  public String toString() {
    return key;
  }
}
