package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.InputDefinition;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;

class InputDeadLettersTest {
  private static final CheckpointTimes EVERY_10_S =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofMinutes(10));

  @Test
  void writesDeadLettersExactlyOnceToApacheKafka() {
    KafkaOutput output = output(Map.of("bootstrap-servers", "broker:9092"), EVERY_10_S);

    assertThat(output.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(output.topic().names()).containsExactly("bad-orders");
    assertThat(output.transactionalIdPrefix()).isEqualTo("shop-orders-dead-letters");
  }

  @Test
  void writesDeadLettersAtLeastOnceWithoutCheckpoints() {
    assertThat(
            output(Map.of("bootstrap-servers", "broker:9092"), CheckpointTimes.NONE)
                .deliveryGuarantee())
        .isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
  }

  @Test
  void writesDeadLettersAtLeastOnceToEventHubs() {
    KafkaOutput output =
        output(
            Map.of(
                "bootstrap-servers", "my-namespace.servicebus.windows.net:9093",
                "security-protocol", "sasl_ssl",
                "sasl-mechanism", "OAUTHBEARER"),
            EVERY_10_S);

    assertThat(output.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(output.producerProperties()).containsEntry("max.request.size", "1000000");
  }

  private static KafkaOutput output(Map<String, String> connection, CheckpointTimes checkpoints) {
    Map<String, String> options = new HashMap<>(connection);
    options.put("topic", "orders");
    options.put("on-error", "dead-letter");
    options.put("dead-letter-topic", "bad-orders");
    return InputDeadLetters.of(
            "orders",
            new InputDefinition("kafka", Map.of("id", "INT"), List.of(), Optional.empty(), options))
        .orElseThrow()
        .output("shop", checkpoints);
  }
}
