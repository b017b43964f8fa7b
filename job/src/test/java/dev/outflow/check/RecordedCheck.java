package dev.outflow.check;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a check and keeps its reports, by the path of the target. */
record RecordedCheck(Map<String, List<StepReport>> steps) {
  private static final CheckpointTimes CHECKPOINTS =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Long enough for a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Checks one output, with options changed by alternating keys and values. */
  static RecordedCheck output(Map<String, String> options, String... changes) throws Exception {
    return of(List.of(output("outputs.out", options, changes)));
  }

  static RecordedCheck input(Map<String, String> options, String... changes) throws Exception {
    return of(List.of(input("inputs.in", options, changes)));
  }

  static KafkaTable input(String path, Map<String, String> options, String... changes) {
    Map<String, String> changed = change(options, changes);
    return new KafkaTable.Input(
        path, KafkaInput.of(changed, "job-in"), false, Optional.empty(), changed);
  }

  static KafkaTable output(String path, Map<String, String> options, String... changes) {
    Map<String, String> changed = change(options, changes);
    return new KafkaTable.Output(
        path, KafkaOutput.of(changed, "job-out"), CHECKPOINTS, changed, Optional.empty());
  }

  static RecordedCheck of(Collection<KafkaTable> tables) throws Exception {
    return of(tables, LIMIT);
  }

  static RecordedCheck of(Collection<KafkaTable> tables, Duration limit) throws Exception {
    List<String> finished = new ArrayList<>();
    CheckRecorder recorder =
        new CheckRecorder(
            new CheckListener() {
              @Override
              public void announced(String path, String about) {}

              @Override
              public void reported(String path, StepReport report) {
                assertThat(finished).doesNotContain(path);
              }

              @Override
              public void finished(String path) {
                finished.add(path);
              }
            });
    tables.forEach(table -> recorder.announce(table.path(), table.where()));
    KafkaChecks.run(tables, CheckScope.EVERYTHING, path -> "", recorder, limit);
    assertThat(finished)
        .containsExactlyInAnyOrderElementsOf(tables.stream().map(KafkaTable::path).toList());
    return new RecordedCheck(
        recorder.targets().stream().collect(toMap(TargetReport::path, TargetReport::steps)));
  }

  private static Map<String, String> change(Map<String, String> options, String... changes) {
    Map<String, String> changed = new HashMap<>(options);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return changed;
  }

  List<StepReport> all() {
    return steps.values().stream().flatMap(List::stream).toList();
  }

  /** Returns the first report of a step. */
  StepReport step(CheckStep step) {
    return all().stream()
        .filter(report -> report.step() == step)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + step + " in " + this));
  }

  List<CheckStep> steps(Outcome outcome) {
    return all().stream()
        .filter(report -> report.outcome() == outcome)
        .map(StepReport::step)
        .toList();
  }

  /** Asserts that only this step failed, at this option of the only table. */
  void assertFailed(CheckStep step, String option, String answer) {
    assertThat(steps(Outcome.FAILED)).as(toString()).containsExactly(step);
    assertThat(step(step).property()).isEqualTo(property(option));
    assertThat(step(step).answer()).contains(answer);
  }

  void assertWarning(CheckStep step, String answer) {
    assertThat(steps(Outcome.FAILED)).as(toString()).isEmpty();
    assertThat(step(step).outcome()).as(toString()).isEqualTo(Outcome.WARNING);
    assertThat(step(step).answer()).contains(answer);
  }

  /** Returns the path of an option of the only table. */
  String property(String option) {
    assertThat(steps).hasSize(1);
    return steps.keySet().iterator().next() + "." + option;
  }

  void assertPassed() {
    assertThat(all())
        .as(toString())
        .isNotEmpty()
        .allMatch(report -> report.outcome() == Outcome.OK || report.outcome() == Outcome.WARNING);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    all().forEach(report -> text.append('\n').append(report));
    return text.toString();
  }
}
