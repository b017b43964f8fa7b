package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a check has told, by the path of its target. */
record Checked(Map<String, List<Step>> steps) {
  private static final CheckpointTimes CHECKPOINTS =
      new CheckpointTimes(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Long enough for a machine that does other things too. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Checks one output with these options, and changes: keys and values in turn. */
  static Checked output(Map<String, String> options, String... changes) throws Exception {
    return of(List.of(target("outputs.out", options, changes)));
  }

  static Checked input(Map<String, String> options, String... changes) throws Exception {
    Map<String, String> changed = change(options, changes);
    return of(
        List.of(
            new KafkaTable.Input("inputs.in", KafkaInput.of(changed, "job-in"), false, changed)));
  }

  static KafkaTable target(String path, Map<String, String> options, String... changes) {
    Map<String, String> changed = change(options, changes);
    return new KafkaTable.Output(
        path, KafkaOutput.of(changed, "job-out"), CHECKPOINTS, changed, Optional.empty());
  }

  static Checked of(Collection<KafkaTable> targets) throws Exception {
    return of(targets, LIMIT);
  }

  static Checked of(Collection<KafkaTable> targets, Duration limit) throws Exception {
    Map<String, List<Step>> steps = new LinkedHashMap<>();
    List<String> finished = new ArrayList<>();
    targets.forEach(target -> steps.put(target.path(), new ArrayList<>()));
    KafkaChecks.run(
        targets,
        new CheckListener() {
          @Override
          public void step(String path, Step step) {
            assertThat(finished).doesNotContain(path);
            steps.get(path).add(step);
          }

          @Override
          public void finished(String path) {
            finished.add(path);
          }
        },
        limit);
    assertThat(finished).containsExactlyInAnyOrderElementsOf(steps.keySet());
    return new Checked(steps);
  }

  private static Map<String, String> change(Map<String, String> options, String... changes) {
    Map<String, String> changed = new HashMap<>(options);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return changed;
  }

  List<Step> all() {
    return steps.values().stream().flatMap(List::stream).toList();
  }

  Step step(String name) {
    return all().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no step " + name + " in " + this));
  }

  List<String> names(Outcome outcome) {
    return all().stream().filter(it -> it.outcome() == outcome).map(Step::name).toList();
  }

  /** Nothing is asked for after a step that failed, but for what does not need it. */
  void assertFailed(String name, String property, String answer) {
    assertThat(names(Outcome.FAILED)).as(toString()).containsExactly(name);
    assertThat(step(name).property()).isEqualTo(property);
    assertThat(step(name).answer()).contains(answer);
  }

  void assertWarning(String name, String answer) {
    assertThat(names(Outcome.FAILED)).as(toString()).isEmpty();
    assertThat(step(name).outcome()).as(toString()).isEqualTo(Outcome.WARNING);
    assertThat(step(name).answer()).contains(answer);
  }

  void assertWell() {
    assertThat(all())
        .as(toString())
        .isNotEmpty()
        .allMatch(step -> step.outcome() == Outcome.OK || step.outcome() == Outcome.WARNING);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    all().forEach(step -> text.append('\n').append(step));
    return text.toString();
  }
}
