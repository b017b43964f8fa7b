package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.junit.jupiter.api.Test;

class GuardedWriterTest {
  @Test
  void aWriterThatCannotBeClosedDoesNotEndTheTaskManager() {
    GuardedWriter<String> writer = new GuardedWriter<>(new Failing(), Optional.empty(), new RecentValues());

    assertThatCode(writer::close).doesNotThrowAnyException();
  }

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
