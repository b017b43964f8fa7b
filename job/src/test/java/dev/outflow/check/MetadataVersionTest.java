package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;

class MetadataVersionTest {

  @Test
  void everyReleaseThatKafkaItselfKnowsIsNamedAsThere() {
    for (MetadataVersion each : MetadataVersion.values()) {
      assertThat(dev.outflow.check.MetadataVersion.release(each.featureLevel()))
          .isEqualTo(each.version().replaceFirst("-IV\\d+$", ""));
    }
  }

  @Test
  void whatIsNewerThanTheListIsToldSo() {
    assertThat(dev.outflow.check.MetadataVersion.release(1000)).endsWith(" or newer");
    assertThat(dev.outflow.check.MetadataVersion.release(1)).isEqualTo("older than 3.3");
  }
}
