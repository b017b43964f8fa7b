package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependabot covers every file that contains versions of dependencies. */
class DependabotTest {
  /** Ecosystems and the files they cover, as paths relative to the root. */
  private static final Map<String, Pattern> ECOSYSTEMS =
      Map.of(
          "maven", Pattern.compile("pom\\.xml"),
          "github-actions", Pattern.compile("\\.github/workflows/[^/]+\\.ya?ml"),
          "docker", Pattern.compile("(.*/)?Dockerfile"),
          "docker-compose", Pattern.compile("(.*/)?(docker-)?compose[^/]*\\.ya?ml"));

  private static JsonNode updates;

  @BeforeAll
  static void read() throws IOException {
    JsonNode file = Repository.yaml(".github/dependabot.yml");
    assertThat(file.path("version").asInt()).isEqualTo(2);
    updates = file.path("updates");
  }

  @Test
  void everyEntryIsComplete() {
    assertThat(updates)
        .isNotEmpty()
        .allSatisfy(
            update -> {
              assertThat(ECOSYSTEMS).containsKey(update.path("package-ecosystem").asText());
              assertThat(folder(update)).isDirectory();
              assertThat(update.at("/schedule/interval").asText()).isEqualTo("weekly");
            });
  }

  @Test
  void everyFileWithVersionsIsCovered() throws IOException {
    Set<String> covered = new TreeSet<>();
    updates.forEach(
        update ->
            covered.add(
                update.path("package-ecosystem").asText()
                    + " in "
                    + Repository.ROOT.relativize(folder(update))));
    assertThat(covered).containsAll(used());
  }

  @Test
  void kafkaStaysAtTheVersionOfFlinksConnector() throws IOException {
    JsonNode kafka = null;
    for (JsonNode ignored : updates.get(0).path("ignore")) {
      if (ignored.path("dependency-name").asText().equals("org.apache.kafka:*")) {
        kafka = ignored;
      }
    }
    assertThat(kafka).isNotNull();
    String version = kafka.at("/versions/0").asText().replace("> ", "");
    assertThat(Repository.text("pom.xml"))
        .contains("<kafka.version>%s</kafka.version>".formatted(version));
  }

  private static Path folder(JsonNode update) {
    return Repository.ROOT.resolve(update.path("directory").asText().substring(1)).normalize();
  }

  private static Set<String> used() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files =
        Files.find(Repository.ROOT, 4, (path, file) -> file.isRegularFile())) {
      files
          .map(Repository.ROOT::relativize)
          .filter(path -> !path.toString().matches("(.*/)?(target|src)/.*"))
          .forEach(
              path ->
                  ECOSYSTEMS.forEach(
                      (ecosystem, pattern) -> {
                        if (pattern.matcher(path.toString()).matches()) {
                          used.add("%s in %s".formatted(ecosystem, place(ecosystem, path)));
                        }
                      }));
    }
    return used;
  }

  /** Dependabot finds workflows from the root directory. */
  private static Path place(String ecosystem, Path file) {
    Path folder = Repository.ROOT.resolve(file).getParent();
    return Repository.ROOT.relativize(
        ecosystem.equals("github-actions") ? Repository.ROOT : folder);
  }
}
