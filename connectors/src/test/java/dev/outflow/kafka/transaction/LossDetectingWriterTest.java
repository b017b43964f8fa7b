package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.junit.jupiter.api.Test;

class LossDetectingWriterTest {
  @Test
  void aWriterThatCannotBeClosedDoesNotEndTheTaskManager() {
    LossDetectingWriter<String> writer =
        new LossDetectingWriter<>(new Failing(), Optional.empty(), new RecentValues());

    assertThatCode(writer::close).doesNotThrowAnyException();
  }

  @Test
  void aRecordIsAsOldAsItsEventTimeOrElseTheWatermarkSays() throws Exception {
    RecentValues latency = new RecentValues();
    LossDetectingWriter<String> writer =
        new LossDetectingWriter<>(new Failing(), Optional.empty(), latency);
    long now = System.currentTimeMillis();

    writer.write("record", new At(now - 1_000_000, now));
    writer.write("result of a window", new At(null, now - 5_000_000));
    writer.write("without event time", new At(null, Long.MIN_VALUE));
    writer.write("at the end of the input", new At(null, Long.MAX_VALUE));

    assertThat(latency.getStatistics().getValues()).hasSize(2);
    assertThat(latency.getStatistics().getMin()).isBetween(1_000_000L, 1_060_000L);
    assertThat(latency.getStatistics().getMax()).isBetween(5_000_000L, 5_060_000L);
  }

  private record At(Long timestamp, long currentWatermark) implements SinkWriter.Context {}

  /** As KafkaSink's writer when records are left that could not be sent. */
  private static final class Failing implements StatefulSinkWriter<String, KafkaWriterState> {
    @Override
    public void write(String element, Context context) {}

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public List<KafkaWriterState> snapshotState(long checkpoint) {
      return List.of();
    }

    @Override
    public void close() throws IOException {
      throw new IOException("One or more Kafka Producer send requests have encountered exception");
    }
  }
}
