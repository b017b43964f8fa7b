package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator mounts its own logging configuration, regardless of the image. */
class KubernetesLoggingTest {
  private static final String FILE = "log4j-console.properties";
  private static final String FORMAT = "OUTFLOW_LOG_FORMAT";

  static List<Overlay> overlays() {
    return List.of(Overlay.dev(), Overlay.production());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void loggingIsTheSameAsInConf(Overlay overlay) throws IOException {
    assertThat(overlay.deployment().at("/spec/logConfiguration").get(FILE).asText())
        .isEqualTo(Files.readString(Path.of("..", "conf", "flink", FILE)));
  }

  @Test
  void allProductionProcessesLogJson() {
    Configuration flink = Overlay.production().flink();
    for (String prefix :
        List.of(
            ResourceManagerOptions.CONTAINERIZED_MASTER_ENV_PREFIX,
            ResourceManagerOptions.CONTAINERIZED_TASK_MANAGER_ENV_PREFIX)) {
      assertThat(ConfigurationUtils.getPrefixedKeyValuePairs(prefix, flink))
          .containsEntry(FORMAT, "json");
    }
    assertThat(Overlay.production().deployment().at("/spec/logConfiguration").get(FILE).asText())
        .contains(FORMAT);
  }
}
