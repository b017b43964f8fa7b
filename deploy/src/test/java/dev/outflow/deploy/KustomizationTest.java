package dev.outflow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Kustomization} builds the same objects as kubectl. Skipped without kubectl. */
class KustomizationTest {
  private static final Pattern HASH = Pattern.compile("outflow-job-[0-9a-z]{10}\\b");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dev", "production"})
  void buildsTheSameObjectsAsKustomize(String overlay) throws Exception {
    compare(Overlay.FOLDER.resolve(overlay));
  }

  @Test
  void overlayCanIncludeTheMonitoringComponent() throws Exception {
    Path source = Files.createDirectory(folder.resolve("monitored"));
    Path kubernetes = source.toRealPath().relativize(Overlay.FOLDER.toRealPath().getParent());
    Files.writeString(
        source.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: flink
        resources: [%1$s/overlays/production]
        components: [%1$s/components/monitoring]
        """
            .formatted(kubernetes));
    assertThat(byName(Kustomization.build(source))).containsKey("PodMonitor outflow");
    compare(source);
  }

  private void compare(Path source) throws Exception {
    assumeTrue(hasKubectl(), "kubectl is not on the PATH");
    String built = kubectlKustomize(source);
    assertThat(HASH.matcher(built).results()).as("its name and its mount").hasSize(2);
    Path plain = folder.resolve("plain.yaml");
    Files.writeString(plain, HASH.matcher(built).replaceAll("outflow-job"));
    Map<String, JsonNode> tested = byName(Kustomization.build(source));
    Map<String, JsonNode> deployed = byName(Kustomization.documents(plain));
    assertThat(tested.keySet()).isEqualTo(deployed.keySet());
    deployed.forEach((name, object) -> assertThat(tested.get(name)).as(name).isEqualTo(object));
  }

  private static boolean hasKubectl() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "kubectl")));
  }

  private String kubectlKustomize(Path source) throws IOException, InterruptedException {
    Path output = folder.resolve("output.yaml");
    Process process =
        new ProcessBuilder("kubectl", "kustomize", source.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    String made = Files.readString(output, UTF_8);
    assertThat(exit).as(made).isZero();
    return made;
  }

  private static Map<String, JsonNode> byName(List<ObjectNode> objects) {
    Map<String, JsonNode> named = new TreeMap<>();
    for (ObjectNode object : objects) {
      named.put(object.get("kind").asText() + " " + object.at("/metadata/name").asText(), object);
    }
    return named;
  }
}
