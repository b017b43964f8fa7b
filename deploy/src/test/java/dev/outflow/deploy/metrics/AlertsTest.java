package dev.outflow.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private final Alerts alerts;

  AlertsTest() throws IOException {
    alerts = Alerts.read();
  }

  @Test
  void everyAlertHasSeverityDescriptionActionAndRunbook() throws IOException {
    Set<String> anchors =
        HEADING
            .matcher(Files.readString(Path.of("../docs/operate.md")))
            .results()
            .map(AlertsTest::anchor)
            .collect(Collectors.toSet());
    for (JsonNode rule : alerts.rules()) {
      String name = rule.get("alert").asText();
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
      for (String text : List.of("summary", "description", "action")) {
        assertThat(rule.at("/annotations/" + text).asText()).as(name + " " + text).isNotBlank();
      }
      String[] runbook = rule.at("/annotations/runbook").asText().split("#", 2);
      assertThat(runbook[0]).as(name).isEqualTo("docs/operate.md");
      assertThat(anchors).as(name).contains(runbook[1]);
    }
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    Set<String> known = MetricsPage.names();
    for (String expression : alerts.expressions()) {
      assertThat(Selector.in(expression))
          .as(expression)
          .isNotEmpty()
          .allMatch(
              selector ->
                  selector.isOfPrometheus() || known.stream().anyMatch(selector::matchesName));
    }
  }

  @Test
  void everyAlertIsTested() throws IOException {
    JsonNode cases =
        new YAMLMapper().readTree(Files.readString(Alerts.FOLDER.resolve("alerts.test.yml")));
    Set<String> fired =
        cases.findParents("exp_alerts").stream()
            .filter(test -> !test.get("exp_alerts").isEmpty())
            .map(test -> test.get("alertname").asText())
            .collect(Collectors.toSet());
    assertThat(alerts.rules())
        .extracting(rule -> rule.get("alert").asText())
        .allMatch(fired::contains);
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTestsPass() throws Exception {
    promtool(Alerts.FOLDER, "check", "config", "prometheus.yml");
    promtool(Alerts.FOLDER, "test", "rules", "alerts.test.yml");
  }

  /** Checks panel expressions as recording rules, the only form that promtool accepts. */
  @Test
  void promtoolAcceptsEveryExpressionOfTheDashboard(@TempDir Path folder) throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
    List<String> expressions = Dashboard.read().expressions();
    for (int i = 0; i < expressions.size(); i++) {
      rules.append(
          "  - record: panel_%d%n    expr: >-%n      %s%n".formatted(i, expressions.get(i)));
    }
    Files.writeString(folder.resolve("panels.yml"), rules);
    promtool(folder, "check", "rules", "panels.yml");
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }

  private static void promtool(Path folder, String... arguments) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "promtool"))),
        "promtool, part of Prometheus, is not on the PATH");
    Process promtool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(output).isZero();
  }
}
