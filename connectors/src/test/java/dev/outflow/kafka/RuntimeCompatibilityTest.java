package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks made-up versions; WrongClusterE2ECase uses real clusters. */
class RuntimeCompatibilityTest {
  @Test
  void acceptsTheVersionsOfTheBuild() {
    assertThatCode(RuntimeCompatibility::check).doesNotThrowAnyException();
    assertThat(RuntimeCompatibility.current().warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20", "2.0", "2.1"})
  void rejectsOlderFlink(String flink) {
    assertThat(on(flink).problems())
        .containsExactly(
            "Outflow requires Flink 2.2 to 2.3, but this cluster runs Flink %s; upgrade it"
                .formatted(flink));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "2.10", "3.0"})
  void warnsAboutUntestedNewerFlink(String flink) {
    assertThat(on(flink).problems()).isEmpty();
    assertThat(on(flink).warning())
        .contains("Flink %s is untested; Outflow is tested with Flink 2.2 to 2.3".formatted(flink));
  }

  @Test
  void reportsAllIncompatibilitiesWithTheirLocations() {
    assertThat(
            new RuntimeCompatibility(
                    "2.0", "4.3.0", "file:/lib/b.jar", Optional.of("file:/lib/a.jar"))
                .problems())
        .hasSize(3)
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith("flink-connector-kafka is").contains("/lib/a.jar"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("requires kafka-clients 4.2.0 but found 4.3.0 in file:/lib/b.jar"));
  }

  private static RuntimeCompatibility on(String flink) {
    return new RuntimeCompatibility(flink, "4.2.0", "file:/outflow.jar", Optional.empty());
  }
}
