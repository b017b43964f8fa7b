package dev.outflow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The statistics calculated from turns. */
class FiguresTest {
  private static final Turn FAST = new Turn(2, 400, 800, 40_000);
  private static final Turn SLOW = new Turn(2, 200, 800, 60_000);

  @Test
  void calculatesRatesPerSecondAndPerRecord() {
    assertThat(FAST.recordsPerSecond()).isEqualTo(200);
    assertThat(FAST.cpuMicrosPerRecord()).isEqualTo(2);
    assertThat(FAST.allocatedPerRecord()).isEqualTo(100);
    assertThat(Turn.all(List.of(FAST, SLOW))).isEqualTo(new Turn(4, 600, 1600, 100_000));
  }

  @Test
  void ratiosAreAboveOneIfTheFirstContestantIsBetter() {
    Outcome.Score fast = score(List.of(FAST, FAST, SLOW));
    Outcome.Score slow = score(List.of(SLOW, SLOW, SLOW));
    Outcome outcome = new Outcome("name", "title", List.of(fast, slow));

    assertThat(outcome.throughput(slow)).isEqualTo(new Spread(2, 1, 2));
    assertThat(outcome.efficiency(slow)).isEqualTo(new Spread(2, 1, 2));
  }

  @Test
  void medianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(9, 1, 2, 4)).isEqualTo(new Spread(3, 1, 9));
    assertThat(Spread.of(3, 1, 2)).hasToString("2.00 (1.00–3.00)");
  }

  @Test
  void p99ExcludesOneOfAHundredValues() {
    List<Long> millis = LongStream.rangeClosed(1, 100).boxed().toList();

    assertThat(Latency.Score.of("label", millis))
        .isEqualTo(new Latency.Score("label", 100, 50, 99, 100));
  }

  @Test
  void laterRunReplacesOnlyTheResultsItMeasured() {
    Machine machine = new Machine("2026-01-01", "cpu", 2, 1, "Linux", "17", "2.3.0", "4.2.0");
    Outcome old = new Outcome("json", "old", List.of());
    Outcome other = new Outcome("csv", "csv", List.of());
    Outcome later = new Outcome("json", "later", List.of());
    Soak soak = new Soak("title", 1, List.of());

    Results merged =
        new Results(machine, List.of(old, other), List.of(), List.of(), soak)
            .with(new Results(machine, List.of(later), List.of(), List.of(), null));

    assertThat(merged.outcomes()).containsExactly(later, other);
    assertThat(merged.soak()).isEqualTo(soak);
  }

  private static Outcome.Score score(List<Turn> turns) {
    return new Outcome.Score("label", 200, 1, 1, turns);
  }
}
