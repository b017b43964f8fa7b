package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class CheckTextTest {
  private static final StepReport DNS =
      new StepReport(CheckStep.DNS, Outcome.OK, Duration.ofMillis(3), "a is 10.0.0.4");
  private static final StepReport SASL =
      new StepReport(CheckStep.SASL, Outcome.FAILED, Duration.ofMillis(2140), "a:9093 rejected it")
          .at("outputs.o.password", "conf/job.yaml:12:5");

  private final List<String> lines = new ArrayList<>();
  private final CheckText text = new CheckText(lines::add, Ansi.OFF);

  @Test
  void printsTheFirstTargetsStepsAtOnceAndThoseOfOthersAfterIt() {
    text.announced("inputs.i", "t on a:9092, none");
    text.announced("outputs.o", "t on b:9092, none");
    text.reported("outputs.o", SASL);
    text.reported("inputs.i", DNS);
    assertThat(lines)
        .containsExactly(
            "", "inputs.i  t on a:9092, none", "  ok          3 ms  dns           a is 10.0.0.4");

    text.finished("outputs.o");
    assertThat(lines).hasSize(3);
    text.finished("inputs.i");
    assertThat(lines.subList(3, lines.size()))
        .containsExactly(
            "",
            "outputs.o  t on b:9092, none",
            "  FAILED     2.1 s  sasl          a:9093 rejected it",
            "                                  conf/job.yaml:12:5  outputs.o.password");
  }

  @Test
  void printsStepsSkippedForTheSameReasonOnOneLine() {
    text.announced("outputs.o", "");
    text.reported("outputs.o", notTried(CheckStep.TOPIC, "sasl failed"));
    text.reported("outputs.o", notTried(CheckStep.WRITE, "sasl failed"));
    text.reported("outputs.o", notTried(CheckStep.KEYS, "settings unknown"));
    text.finished("outputs.o");

    assertThat(lines.subList(2, lines.size()))
        .containsExactly(
            "  -                 topic, write: not tried: sasl failed",
            "  -                 keys: not tried: settings unknown");
  }

  @Test
  void summaryAndExitCodeFollowFromTheOutcomes() {
    CheckReport failed =
        report(
            new TargetReport(
                "outputs.o", "", List.of(DNS, SASL, notTried(CheckStep.TOPIC, "sasl failed"))));
    CheckReport passed = report(new TargetReport("outputs.o", "", List.of(DNS, DNS)));
    CheckReport invalid = report(new TargetReport("job", "", List.of(SASL)));

    text.summary(failed);
    text.summary(passed);

    assertThat(lines)
        .containsExactly(
            "",
            "1 of 2 steps FAILED, 0 warnings, 1 not tried; 4.2 s. Kafka was not modified.",
            "",
            "All 2 steps passed, 0 warnings, 0 not tried; 4.2 s. Kafka was not modified.");
    assertThat(List.of(passed.exitCode(), failed.exitCode(), invalid.exitCode()))
        .containsExactly(0, 1, 2);
  }

  @Test
  void usesColorsOnlyIfAsked() {
    CheckText colorful = new CheckText(lines::add, Ansi.ON);
    colorful.announced("outputs.o", "");
    colorful.reported("outputs.o", SASL);
    assertThat(String.join("", lines)).contains("\u001b[");

    lines.clear();
    text.announced("outputs.o", "");
    text.reported("outputs.o", SASL);
    assertThat(String.join("", lines)).doesNotContain("\u001b");
  }

  @Test
  void jsonHasTheSameSteps() {
    CheckReport report = report(new TargetReport("outputs.o", "t on a:9092, none", List.of(SASL)));

    assertThat(CheckJson.of(report))
        .isEqualToIgnoringWhitespace(
            """
            {"definition": "conf/job.yaml", "outcome": "failed", "exit_code": 1, "took_ms": 4200,
             "targets": [{"target": "outputs.o", "about": "t on a:9092, none", "steps": [
               {"step": "sasl", "outcome": "failed", "took_ms": 2140,
                "property": "outputs.o.password", "place": "conf/job.yaml:12:5",
                "answer": "a:9093 rejected it"}]}]}
            """);
  }

  private static CheckReport report(TargetReport target) {
    return new CheckReport("conf/job.yaml", List.of(target), Duration.ofMillis(4200));
  }

  private static StepReport notTried(CheckStep step, String reason) {
    return new StepReport(step, Outcome.NOT_TRIED, Duration.ZERO, "not tried: " + reason);
  }
}
