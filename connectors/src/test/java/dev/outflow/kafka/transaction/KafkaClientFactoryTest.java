package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaClientFactoryTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Test
  void waitsForABrokerNoLongerThanTheProducerBlocks() {
    assertThat(timeout("5000")).hasSeconds(5);
    assertThat(timeout("60000")).isEqualTo(LONGEST);
    assertThat(timeout(String.valueOf(Long.MAX_VALUE))).isEqualTo(LONGEST);
    assertThat(new KafkaClientFactory(new Properties(), LONGEST).timeout()).isEqualTo(LONGEST);
  }

  private static Duration timeout(String maxBlock) {
    Properties producer = new Properties();
    producer.put("max.block.ms", maxBlock);
    return new KafkaClientFactory(producer, LONGEST).timeout();
  }
}
