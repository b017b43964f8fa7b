package dev.outflow.kafka.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientGenerationTest {
  @Test
  void theClientOfTheBuildIsCurrent() {
    assertThat(ClientGeneration.current()).isEqualTo(ClientGeneration.CURRENT);
    assertThat(ClientGeneration.CURRENT.producerDefaults(false)).isEmpty();
    assertThat(ClientGeneration.CURRENT.consumerDefaults())
        .containsOnly(entry("isolation.level", "read_committed"));
  }

  @Test
  void theLegacyClientHasDefaultsThatEveryBrokerSupports() {
    assertThat(ClientGeneration.LEGACY.producerDefaults(false))
        .containsOnly(entry("enable.idempotence", "false"));
    assertThat(ClientGeneration.LEGACY.consumerDefaults())
        .containsOnly(entry("isolation.level", "read_uncommitted"));
  }

  @Test
  void transactionsRequireIdempotenceWithAnyClient() {
    assertThat(ClientGeneration.LEGACY.producerDefaults(true)).isEmpty();
  }
}
