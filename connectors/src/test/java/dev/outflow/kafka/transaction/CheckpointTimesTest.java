package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class CheckpointTimesTest {
  @Test
  void intervalIsAtLeastTheMinimumPauseBetweenCheckpoints() {
    assertThat(
            ifOn(
                    "execution.checkpointing.interval", "10 s",
                    "execution.checkpointing.min-pause", "15 s")
                .interval())
        .isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void noneIfCheckpointsAreOffOrInBatchMode() {
    assertThat(CheckpointTimes.ifOn(new Configuration())).isEqualTo(CheckpointTimes.NONE);
    assertThat(ifOn("execution.checkpointing.interval", "10 s", "execution.runtime-mode", "BATCH"))
        .isEqualTo(CheckpointTimes.NONE);
  }

  private static CheckpointTimes ifOn(
      String option, String value, String otherOption, String otherValue) {
    return CheckpointTimes.ifOn(
        Configuration.fromMap(Map.of(option, value, otherOption, otherValue)));
  }
}
