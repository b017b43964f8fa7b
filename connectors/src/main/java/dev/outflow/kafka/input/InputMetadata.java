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
 * What is known of a record beside its value: {@code METADATA} columns, by the names that Flink's
 * own Kafka table has for them, and those of a record that cannot be read.
 */
enum InputMetadata {
  TOPIC("topic", DataTypes.STRING().notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return StringData.fromString(record.topic());
    }
  },
  PARTITION("partition", DataTypes.INT().notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return record.partition();
    }
  },
  HEADERS("headers", DataTypes.MAP(DataTypes.STRING(), DataTypes.BYTES()).notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      Map<StringData, byte[]> headers = new HashMap<>();
      for (Header header : record.headers()) {
        headers.put(StringData.fromString(header.key()), header.value());
      }
      return new GenericMapData(headers);
    }
  },
  LEADER_EPOCH("leader-epoch", DataTypes.INT()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return record.leaderEpoch().orElse(null);
    }
  },
  OFFSET("offset", DataTypes.BIGINT().notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return record.offset();
    }
  },
  TIMESTAMP("timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return TimestampData.fromEpochMillis(record.timestamp());
    }
  },
  TIMESTAMP_TYPE("timestamp-type", DataTypes.STRING().notNull()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return StringData.fromString(record.timestampType().toString());
    }
  },
  /** Filled in by the {@link dev.outflow.kafka.ordering.OrderingFunction}. */
  ORIGINAL_EVENT_TIME("original-event-time", DataTypes.TIMESTAMP_LTZ(3)) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return null;
    }
  },
  /** Null unless the record cannot be read, as the others that begin with {@code error-}. */
  ERROR_CODE("error-code", DataTypes.STRING()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return problem == null ? null : StringData.fromString(problem.code().toString());
    }
  },
  ERROR_MESSAGE("error-message", DataTypes.STRING()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return problem == null ? null : StringData.fromString(problem.message());
    }
  },
  ERROR_COLUMN("error-column", DataTypes.STRING()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return problem == null ? null : problem.column().map(StringData::fromString).orElse(null);
    }
  },
  ERROR_KEY("error-key", DataTypes.BYTES()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return problem == null ? null : record.key();
    }
  },
  ERROR_VALUE("error-value", DataTypes.BYTES()) {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return problem == null ? null : record.value();
    }
  };

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // It is; Flink does not say so.
  private final DataType type;

  InputMetadata(String key, DataType type) {
    this.key = key;
    this.type = type;
  }

  /**
   * Its value in Flink's internal form.
   *
   * @param problem why the record cannot be read; null if it can
   */
  abstract Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem);

  /** The type of each by its name, in this order. */
  static Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (InputMetadata metadata : values()) {
      types.put(metadata.key, metadata.type);
    }
    return types;
  }

  /** The one of this name. */
  static InputMetadata named(String key) {
    return Arrays.stream(values())
        .filter(metadata -> metadata.key.equals(key))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("there is no metadata '" + key + "'"));
  }

  @Override
  public String toString() {
    return key;
  }
}
