package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's clients reject a default.api.timeout.ms below request.timeout.ms. */
class InputClientsTest {
  @ParameterizedTest
  @ValueSource(strings = {"request.timeout.ms", "default.api.timeout.ms"})
  void boundsTheWaitWhateverTimeoutTheInputSets(String timeout) {
    Properties consumer = new Properties();
    consumer.put("bootstrap.servers", "localhost:1");
    consumer.put("group.id", "orders");
    consumer.put(timeout, "60000"); // As the client defaults for Event Hubs do.
    InputClients clients = new InputClients(consumer);

    assertThatCode(() -> clients.admin().close()).doesNotThrowAnyException();
    assertThatCode(() -> clients.offsetConsumer().close()).doesNotThrowAnyException();
    assertThatCode(() -> clients.recordConsumer().close()).doesNotThrowAnyException();
  }
}
