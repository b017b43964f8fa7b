package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import java.util.Arrays;
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
 * Metadata of a record: {@code METADATA} columns by the names of Flink's own Kafka table, and the
 * reason why a record is bad.
 */
enum InputMetadata {
  TOPIC("topic", DataTypes.STRING().notNull(), (record, problem) -> text(record.topic())),
  PARTITION("partition", DataTypes.INT().notNull(), (record, problem) -> record.partition()),
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
  ERROR_KEY("error-key", DataTypes.BYTES(), ifBad((record, problem) -> record.key())),
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

  /**
   * Returns the value in Flink's internal form.
   *
   * @param problem why the record is bad; null if it is good
   */
  Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
    return getter.get(record, problem);
  }

  /** Returns the type of each metadata key, in the order declared here. */
  static Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (InputMetadata metadata : values()) {
      types.put(metadata.key, metadata.type);
    }
    return types;
  }

  /** Returns the metadata with this key. */
  static InputMetadata named(String key) {
    return Arrays.stream(values())
        .filter(metadata -> metadata.key.equals(key))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown metadata '" + key + "'"));
  }

  @Override
  public String toString() {
    return key;
  }
}
