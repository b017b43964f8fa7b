package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class CheckTextTest {
  private static final Step DNS =
      new Step("dns", Outcome.OK, Duration.ofMillis(3), "a is 10.0.0.4");
  private static final Step SASL =
      new Step("sasl", Outcome.FAILED, Duration.ofMillis(2140), "a:9093 refuses it")
          .at("outputs.o.password", "conf/job.yaml:12:5");

  private final List<String> lines = new ArrayList<>();
  private final CheckText text = new CheckText(lines::add, Ansi.OFF);

  @Test
  void stepsOfTheFirstTargetAreShownAtOnceAndThoseOfOthersInTheirTurn() {
    text.announce("inputs.i", "t on a:9092, none");
    text.announce("outputs.o", "t on b:9092, none");
    text.step("outputs.o", SASL);
    text.step("inputs.i", DNS);
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
            "  FAILED     2.1 s  sasl          a:9093 refuses it",
            "                                  conf/job.yaml:12:5  outputs.o.password");
  }

  @Test
  void stepsThatAreNotTriedForOneReasonShareALine() {
    text.announce("outputs.o", "");
    text.step("outputs.o", notTried("topic", "sasl failed"));
    text.step("outputs.o", notTried("write", "sasl failed"));
    text.step("outputs.o", notTried("keys", "nothing is known of settings"));
    text.finished("outputs.o");

    assertThat(lines.subList(2, lines.size()))
        .containsExactly(
            "  -                 topic, write: not tried: sasl failed",
            "  -                 keys: not tried: nothing is known of settings");
  }

  @Test
  void theSummaryCountsAndTheExitCodeFollows() {
    CheckReport failed = report(new TargetReport("outputs.o", "", List.of(DNS, SASL)));
    CheckReport well = report(new TargetReport("outputs.o", "", List.of(DNS)));
    CheckReport wrong = report(new TargetReport("job", "", List.of(SASL)));

    text.summary(failed);
    text.summary(well);

    assertThat(lines)
        .containsExactly(
            "",
            "1 of 2 steps FAILED, 0 warnings, 0 not tried; 4.2 s. Nothing was changed in Kafka.",
            "",
            "All is well (1 steps), 0 warnings, 0 not tried; 4.2 s. Nothing was changed in Kafka.");
    assertThat(List.of(well.exitCode(), failed.exitCode(), wrong.exitCode()))
        .containsExactly(0, 1, 2);
  }

  @Test
  void coloursAreForTerminalsOnly() {
    CheckText colourful = new CheckText(lines::add, Ansi.ON);
    colourful.announce("outputs.o", "");
    colourful.step("outputs.o", SASL);
    assertThat(String.join("", lines)).contains("\u001b[");

    lines.clear();
    text.announce("outputs.o", "");
    text.step("outputs.o", SASL);
    assertThat(String.join("", lines)).doesNotContain("\u001b");
  }

  @Test
  void theDocumentForToolsHasTheSameSteps() {
    CheckReport report = report(new TargetReport("outputs.o", "t on a:9092, none", List.of(SASL)));

    assertThat(CheckJson.of(report))
        .isEqualToIgnoringWhitespace(
            """
            {"definition": "conf/job.yaml", "outcome": "failed", "exit_code": 1, "took_ms": 4200,
             "targets": [{"target": "outputs.o", "about": "t on a:9092, none", "steps": [
               {"step": "sasl", "outcome": "failed", "took_ms": 2140,
                "property": "outputs.o.password", "place": "conf/job.yaml:12:5",
                "answer": "a:9093 refuses it"}]}]}
            """);
  }

  private static CheckReport report(TargetReport target) {
    return new CheckReport("conf/job.yaml", List.of(target), Duration.ofMillis(4200));
  }

  private static Step notTried(String name, String reason) {
    return new Step(name, Outcome.NOT_TRIED, Duration.ZERO, "not tried: " + reason);
  }
}
