package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.job.StreamingJob;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deploy/kubernetes} conforms to Kubernetes, the Flink operator and Outflow. */
class KubernetesManifestsTest {
  private static final Path QUERIES = Path.of("..", "conf", "queries");

  @TempDir private Path folder;

  static List<Overlay> overlays() {
    return List.of(Overlay.dev(), Overlay.production());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyObjectConformsToItsSchema(Overlay overlay) {
    assertThat(overlay.objects()).hasSizeGreaterThan(6);
    for (ObjectNode object : overlay.objects()) {
      assertThat(KubernetesSchemas.problems(object)).as(object.toPrettyString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FlinkDeployment, outflow, /spec/job",
    "FlinkDeployment, outflow, /spec/podTemplate/spec/containers/0/securityContext",
    "FlinkDeployment, outflow, /metadata",
    "NetworkPolicy, outflow-flink, /spec/ingress/0/ports/0",
    "PodDisruptionBudget, outflow-jobmanager, /spec/selector",
    "Role, flink, /rules/0",
    "ServiceAccount, flink, /metadata"
  })
  void detectsUnknownField(String kind, String name, String path) {
    ObjectNode object = Kustomization.find(Overlay.production().objects(), kind, name);
    ((ObjectNode) object.at(path)).put("replikas", 1);
    assertThat(KubernetesSchemas.problems(object))
        .isNotEmpty()
        .allMatch(p -> p.contains("replikas"));
  }

  @Test
  void detectsValueOfWrongType() {
    ObjectNode deployment = Overlay.dev().deployment();
    ((ObjectNode) deployment.at("/spec/job")).put("parallelism", "one");
    ((ObjectNode) deployment.at("/spec/job")).put("upgradeMode", "savepoints");
    assertThat(KubernetesSchemas.problems(deployment)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void flinkVersionMatchesTheBuild(Overlay overlay) {
    String[] version = EnvironmentInformation.getVersion().split("\\.", 3);
    assertThat(overlay.deployment().at("/spec/flinkVersion").asText())
        .isEqualTo("v%s_%s", version[0], version[1]);
    assertThat(overlay.container().at("/env/0/value").asText())
        .isEqualTo("flink-azure-fs-hadoop-%s.jar", EnvironmentInformation.getVersion());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void mountedJobIsValid(Overlay overlay) throws IOException {
    ComposedJob job =
        JobComposer.compose(
            DefinitionReader.draft(DefinitionSource.of(overlay.writeJob(folder).toString())),
            overlay.flink(),
            StreamExecutionEnvironment::getExecutionEnvironment);
    assertThat(job.warnings()).isEmpty();
    assertThat(SqlScript.of(job)).contains("large_orders").doesNotContain("******");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void jobRunsFromItsMountPath(Overlay overlay) {
    JsonNode job = overlay.deployment().at("/spec/job");
    assertThat(job.at("/entryClass").asText()).isEqualTo(StreamingJob.class.getName());
    String mounted = overlay.container().at("/volumeMounts/0/mountPath").asText();
    assertThat(Overlay.texts(job.get("args"))).containsExactly("--config", mounted + "/job.yaml");
    assertThat(overlay.podTemplate().at("/spec/volumes/0/configMap/name").asText())
        .isEqualTo("outflow-job");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyVolumeIsMountedAndEveryMountHasAVolume(Overlay overlay) {
    List<String> mounted = overlay.container().get("volumeMounts").findValuesAsText("name");
    JsonNode volumes = overlay.podTemplate().at("/spec/volumes");
    Set<String> names = new TreeSet<>();
    volumes.forEach(volume -> names.add(volume.get("name").asText()));
    assertThat(mounted).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void queriesAreTheSameAsInConf(Overlay overlay) throws IOException {
    for (String query : List.of("large_orders.sql", "city_revenue.sql")) {
      assertThat(overlay.jobFiles().get(query).asText())
          .isEqualTo(Files.readString(QUERIES.resolve(query)));
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void podsComplyWithTheRestrictedStandard(Overlay overlay) {
    JsonNode pod = overlay.podTemplate().at("/spec/securityContext");
    assertThat(pod.at("/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    JsonNode container = overlay.container().get("securityContext");
    assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(Overlay.texts(container.at("/capabilities/drop"))).containsExactly("ALL");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void grantsOnlyThePermissionsThatFlinkNeeds(Overlay overlay) {
    assertThat(overlay.ofKind("Secret")).isEmpty();
    JsonNode rules = overlay.ofKind("Role").get(0).get("rules");
    assertThat(rules.toString()).doesNotContain("*").doesNotContain("secrets");
    JsonNode binding = overlay.ofKind("RoleBinding").get(0);
    String account = overlay.deployment().at("/spec/serviceAccount").asText();
    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
    assertThat(overlay.ofKind("ServiceAccount").get(0).at("/metadata/name").asText())
        .isEqualTo(account);
  }

  @Test
  void productionStateSurvivesPodsAndUpgrades() {
    Overlay production = Overlay.production();
    Configuration flink = production.flink();
    assertThat(production.deployment().at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
    assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("kubernetes");
    assertThat(
            Stream.of(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                HighAvailabilityOptions.HA_STORAGE_PATH))
        .allMatch(option -> flink.get(option).startsWith("abfss://"));
  }

  @Test
  void productionReadsKeyVaultWithTheWorkloadIdentity() {
    Overlay production = Overlay.production();
    assertThat(production.jobFiles().get("job.yaml").asText())
        .contains("key-vault-credential: workload-identity");
    assertThat(production.podTemplate().at("/metadata/labels").toString())
        .contains("\"azure.workload.identity/use\":\"true\"");
    assertThat(production.ofKind("ServiceAccount").get(0).at("/metadata/annotations").toString())
        .contains("azure.workload.identity/client-id");
  }
}
