package dev.outflow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a cluster's libraries; WrongClusterE2ECase meets real ones. */
class RuntimeCompatibilityTest {
  @Test
  void nothingIsSaidOfTheVersionsThatThisIsBuiltWith() {
    assertThatCode(RuntimeCompatibility::run).doesNotThrowAnyException();
    assertThat(RuntimeCompatibility.here().warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20", "2.0", "2.1"})
  void anOlderFlinkIsRefused(String flink) {
    assertThat(on(flink).problems())
        .containsExactly(
            "Outflow runs on Flink 2.2 to 2.3; this cluster is Flink %s: use a newer one"
                .formatted(flink));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "2.10", "3.0"})
  void aNewerFlinkIsNotRefusedAndIsToldToBeUntested(String flink) {
    assertThat(on(flink).problems()).isEmpty();
    assertThat(on(flink).warning())
        .contains(
            "Outflow is tested on Flink 2.2 to 2.3; this cluster is Flink %s, which nobody has tried"
                .formatted(flink));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsPlace() {
    assertThat(
            new RuntimeCompatibility(
                    "2.0", "4.3.0", "file:/lib/b.jar", Optional.of("file:/lib/a.jar"))
                .problems())
        .hasSize(3)
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith("flink-connector-kafka is").contains("/lib/a.jar"))
        .anySatisfy(problem -> assertThat(problem).contains("finds 4.3.0 in file:/lib/b.jar"));
  }

  private static RuntimeCompatibility on(String flink) {
    return new RuntimeCompatibility(flink, "4.2.1", "file:/outflow.jar", Optional.empty());
  }
}
