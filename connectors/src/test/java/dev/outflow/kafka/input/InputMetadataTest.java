package dev.outflow.kafka.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class InputMetadataTest {
  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);
  private static final byte[] TRACE = "abc".getBytes(UTF_8);
  private static final ConsumerRecord<byte[], byte[]> RECORD =
      new ConsumerRecord<>(
          "orders",
          3,
          42,
          1_000,
          TimestampType.LOG_APPEND_TIME,
          KEY.length,
          VALUE.length,
          KEY,
          VALUE,
          new RecordHeaders().add("trace", TRACE),
          Optional.of(7));
  private static final RecordProblem PROBLEM =
      new RecordProblem(ErrorCode.MISSING_COLUMNS, Optional.of("id"), "is null", "details");

  @Test
  void readsTheMetadataOfARecord() {
    assertThat(of("topic")).isEqualTo(StringData.fromString("orders"));
    assertThat(of("partition")).isEqualTo(3);
    assertThat(of("key")).isEqualTo(KEY);
    assertThat(of("offset")).isEqualTo(42L);
    assertThat(of("leader-epoch")).isEqualTo(7);
    assertThat(of("timestamp")).isEqualTo(TimestampData.fromEpochMillis(1_000));
    assertThat(of("timestamp-type")).isEqualTo(StringData.fromString("LogAppendTime"));
    assertThat(of("headers"))
        .isEqualTo(new GenericMapData(Map.of(StringData.fromString("trace"), TRACE)));
    assertThat(of("original-event-time")).isNull();
  }

  @Test
  void namesOfAzureStreamAnalyticsMeanTheSame() {
    assertThat(of("EventEnqueuedUtcTime")).isEqualTo(of("timestamp"));
    assertThat(of("PartitionId")).isEqualTo(of("partition"));
    long before = System.currentTimeMillis();
    assertThat(((TimestampData) of("EventProcessedUtcTime")).getMillisecond())
        .isBetween(before, System.currentTimeMillis());
  }

  @Test
  void errorMetadataIsNullForAGoodRecordAndFilledForABadOne() {
    assertThat(InputMetadata.byKey().keySet())
        .filteredOn(key -> key.startsWith("error-"))
        .hasSize(9)
        .allMatch(key -> of(key) == null);
    assertThat(metadata("error-code").of(RECORD, PROBLEM))
        .isEqualTo(StringData.fromString("InputDeserializerError.MissingColumns"));
    assertThat(metadata("error-message").of(RECORD, PROBLEM))
        .isEqualTo(StringData.fromString("is null"));
    assertThat(metadata("error-column").of(RECORD, PROBLEM)).isEqualTo(StringData.fromString("id"));
    for (String origin : List.of("topic", "partition", "offset", "timestamp")) {
      assertThat(metadata("error-" + origin).of(RECORD, PROBLEM)).isEqualTo(of(origin));
    }
    assertThat(metadata("error-key").of(RECORD, PROBLEM)).isEqualTo(KEY);
    assertThat(metadata("error-value").of(RECORD, PROBLEM)).isEqualTo(VALUE);
  }

  private static RecordMetadata metadata(String key) {
    return InputMetadata.byKey().get(key);
  }

  private static Object of(String key) {
    return metadata(key).of(RECORD, null);
  }
}
