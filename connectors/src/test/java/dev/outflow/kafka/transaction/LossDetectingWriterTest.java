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
  private static final WriteFailures FAILURES = new WriteFailures("orders", "kafka:9092");

  @Test
  void failureToCloseIsNotThrown() {
    LossDetectingWriter<String> writer =
        new LossDetectingWriter<>(
            new FailingOnClose(), Optional.empty(), FAILURES, new SlidingWindowHistogram());

    assertThatCode(writer::close).doesNotThrowAnyException();
  }

  @Test
  void latencyIsTheAgeOfTheEventTimeOrElseOfTheWatermark() throws Exception {
    SlidingWindowHistogram latency = new SlidingWindowHistogram();
    LossDetectingWriter<String> writer =
        new LossDetectingWriter<>(new FailingOnClose(), Optional.empty(), FAILURES, latency);
    long now = System.currentTimeMillis();

    writer.write("record", new Timestamps(now - 1_000_000, now));
    writer.write("result of a window", new Timestamps(null, now - 5_000_000));
    writer.write("without event time", new Timestamps(null, Long.MIN_VALUE));
    writer.write("at the end of the input", new Timestamps(null, Long.MAX_VALUE));

    assertThat(latency.getStatistics().getValues()).hasSize(2);
    assertThat(latency.getStatistics().getMin()).isBetween(1_000_000L, 1_060_000L);
    assertThat(latency.getStatistics().getMax()).isBetween(5_000_000L, 5_060_000L);
  }

  @Test
  void allRecordsAfterACheckpointAreMeasuredAndThenOneInSixteen() throws Exception {
    SlidingWindowHistogram latency = new SlidingWindowHistogram();
    LossDetectingWriter<String> writer =
        new LossDetectingWriter<>(new FailingOnClose(), Optional.empty(), FAILURES, latency);

    write(writer, 1024 + 160);
    assertThat(latency.getCount()).isEqualTo(1024 + 10);
    writer.flush(false);
    write(writer, 100);
    assertThat(latency.getCount()).isEqualTo(1024 + 10 + 100);
  }

  private static void write(LossDetectingWriter<String> writer, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      writer.write("record", new Timestamps(System.currentTimeMillis(), Long.MIN_VALUE));
    }
  }

  private record Timestamps(Long timestamp, long currentWatermark) implements SinkWriter.Context {}

  /** Fails like KafkaSink's writer when records could not be sent. */
  private static final class FailingOnClose
      implements StatefulSinkWriter<String, KafkaWriterState> {
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
