package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus finds the pods on Kubernetes, under the job names that the alerts use. */
class MonitoringTest {
  private static final Path PROMETHEUS = Path.of("prometheus");

  /** The values of the label {@code component} of Flink's pods. */
  private static final List<String> COMPONENTS = List.of("jobmanager", "taskmanager");

  private static final JsonNode MONITOR =
      Kustomization.find(
          Kustomization.build(Path.of("kubernetes", "components", "monitoring")),
          "PodMonitor",
          "outflow");

  static List<Overlay> overlays() {
    return List.of(Overlay.dev(), Overlay.production());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void podMonitorSelectsThePodsAndTheirPort(Overlay overlay) {
    assertThat(MONITOR.get("apiVersion").asText()).isEqualTo("monitoring.coreos.com/v1");
    JsonNode selected = MONITOR.at("/spec/selector/matchLabels");
    assertThat(selected).isNotEmpty();
    assertThat(overlay.podTemplate().at("/metadata/labels").properties())
        .containsAll(selected.properties());
    assertThat(MONITOR.at("/spec/podMetricsEndpoints/0/port"))
        .isEqualTo(overlay.container().at("/ports/0/name"));
  }

  @Test
  void podMonitorUsesTheJobNamesOfDockerCompose() throws IOException {
    JsonNode naming = MONITOR.at("/spec/podMetricsEndpoints/0/relabelings/0");
    assertThat(Overlay.texts(naming.get("sourceLabels")))
        .containsExactly("__meta_kubernetes_pod_label_component");
    assertThat(naming.get("targetLabel").asText()).isEqualTo("job");
    assertThat(names(naming)).isEqualTo(namesOfDockerCompose());
  }

  @Test
  void documentedScrapeConfigUsesTheSameJobNames() throws IOException {
    JsonNode rules = documented().at("/scrape_configs/0/relabel_configs");
    JsonNode naming = rules.get(2);
    assertThat(Overlay.texts(naming.get("source_labels")))
        .containsExactly("__meta_kubernetes_pod_label_component");
    assertThat(naming.get("target_label").asText()).isEqualTo("job");
    assertThat(names(naming)).isEqualTo(namesOfDockerCompose());
    assertThat(rules.at("/0/regex"))
        .isEqualTo(MONITOR.at("/spec/selector/matchLabels").get("app.kubernetes.io/name"));
    assertThat(rules.at("/1/regex")).isEqualTo(MONITOR.at("/spec/podMetricsEndpoints/0/port"));
  }

  @Test
  void alertsUseNoOtherJobNames() throws IOException {
    Set<String> known =
        Pattern.compile("(?<=\\{job=\")[^\"]+")
            .matcher(Files.readString(PROMETHEUS.resolve("alerts.yml")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(known).isNotEmpty();
    assertThat(namesOfDockerCompose()).containsAll(known);
  }

  /** Applies a relabeling rule to both components. */
  private static Set<String> names(JsonNode rule) {
    Pattern component = Pattern.compile(rule.get("regex").asText());
    return COMPONENTS.stream()
        .map(component::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.replaceFirst(rule.get("replacement").asText()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namesOfDockerCompose() throws IOException {
    return new TreeSet<>(
        new YAMLMapper()
            .readTree(Files.readString(PROMETHEUS.resolve("prometheus.yml")))
            .findValuesAsText("job_name"));
  }

  private static JsonNode documented() throws IOException {
    String block =
        Stream.of(Files.readString(Path.of("..", "docs", "kubernetes.md")).split("```"))
            .filter(section -> section.startsWith("yaml\nscrape_configs:"))
            .findFirst()
            .orElseThrow();
    return new YAMLMapper().readTree(block.substring("yaml\n".length()));
  }
}
