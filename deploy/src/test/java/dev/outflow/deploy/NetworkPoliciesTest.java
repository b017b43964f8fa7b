package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.JobDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exactly the ports in use are open. */
class NetworkPoliciesTest {
  /** Ports that Flink chooses at random unless configured. */
  private static final Set<String> RANDOM =
      Set.of("taskmanager.data.port", "metrics.internal.query-service.port");

  @TempDir private Path folder;

  static List<Overlay> overlays() {
    return List.of(Overlay.dev(), Overlay.production());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void flinkPortsAreOpenBetweenPodsOfTheJob(Overlay overlay) {
    Map<String, String> flink = overlay.flink().toMap();
    assertThat(flink).containsKeys(RANDOM.toArray(String[]::new));
    Set<String> used =
        flink.entrySet().stream()
            .filter(option -> option.getKey().endsWith(".port"))
            .filter(option -> !option.getKey().startsWith("metrics.reporter."))
            .map(Map.Entry::getValue)
            .collect(Collectors.toCollection(TreeSet::new));
    JsonNode policy = overlay.networkPolicy("outflow-flink").get("spec");
    assertThat(ports(policy.at("/ingress/0"))).isEqualTo(used);
    assertThat(ports(policy.at("/egress/0"))).isEqualTo(used);
    assertThat(policy.at("/ingress")).hasSize(1);
    assertThat(policy.at("/ingress/0/from/0")).isEqualTo(policy.at("/egress/0/to/0"));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void operatorCanReachRestAndPrometheusTheMetrics(Overlay overlay) {
    Map<String, String> flink = overlay.flink().toMap();
    assertThat(ports(overlay.networkPolicy("outflow-operator").at("/spec/ingress/0")))
        .containsExactly(flink.get("rest.port"));
    String metrics = flink.get("metrics.reporter.prom.port");
    assertThat(ports(overlay.networkPolicy("outflow-metrics").at("/spec/ingress/0")))
        .containsExactly(metrics);
    assertThat(overlay.container().at("/ports/0/containerPort").asText()).isEqualTo(metrics);
    assertThat(overlay.podTemplate().at("/metadata/annotations").get("prometheus.io/port").asText())
        .isEqualTo(metrics);
    assertThat(
            overlay
                .deployment()
                .at("/spec/jobManager/podTemplate/spec/containers/0/readinessProbe/httpGet/port")
                .asText())
        .isEqualTo(flink.get("rest.port"));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void jobCanReachItsBrokers(Overlay overlay) throws IOException {
    Set<String> brokers = brokers(overlay);
    ObjectNode policy = overlay.networkPolicy("outflow-kafka");
    assertThat(brokers).isNotEmpty();
    assertThat(ports(policy.at("/spec/egress/0")))
        .isEqualTo(
            brokers.stream().map(broker -> broker.split(":", 2)[1]).collect(Collectors.toSet()));
    JsonNode namespace = policy.at("/spec/egress/0/to/0/namespaceSelector/matchLabels");
    if (namespace.isObject()) {
      assertThat(brokers)
          .allMatch(
              broker -> broker.split("\\.", 3)[1].equals(namespace.iterator().next().asText()));
    }
  }

  private Set<String> brokers(Overlay overlay) throws IOException {
    JobDefinition job =
        DefinitionReader.read(DefinitionSource.of(overlay.writeJob(folder).toString()));
    return Stream.concat(
            job.inputs().values().stream().map(input -> input.options()),
            job.outputs().values().stream().map(output -> output.options()))
        .map(options -> options.get("bootstrap-servers"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void policiesAndBudgetsSelectPodsOfTheJob(Overlay overlay) {
    JsonNode labels = overlay.podTemplate().at("/metadata/labels");
    Stream.concat(
            overlay.ofKind("NetworkPolicy").stream()
                .map(policy -> policy.at("/spec/podSelector/matchLabels")),
            overlay.ofKind("PodDisruptionBudget").stream()
                .map(budget -> budget.at("/spec/selector/matchLabels")))
        .flatMap(selector -> selector.properties().stream())
        .filter(label -> !label.getKey().equals("component")) // set by Flink itself
        .forEach(
            label ->
                assertThat(labels.get(label.getKey())).isNotNull().isEqualTo(label.getValue()));
  }

  @Test
  void onlyProductionCanReachManagedIdentity() {
    String address = "\"cidr\":\"169.254.169.254/32\"";
    assertThat(Overlay.production().ofKind("NetworkPolicy").toString()).containsOnlyOnce(address);
    assertThat(Overlay.dev().ofKind("NetworkPolicy").toString()).doesNotContain(address);
  }

  private static Set<String> ports(JsonNode rule) {
    return new TreeSet<>(rule.get("ports").findValuesAsText("port"));
  }
}
