package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation refers to existing files and objects in {@code deploy/kubernetes}. */
class KubernetesDocsTest {
  private static final Path DOCS = Path.of("..", "docs");

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.md", "operate.md"})
  void pathsExist(String page) throws IOException {
    for (String path : found("deploy/kubernetes[\\w/.-]*", page)) {
      assertThat(Path.of("..").resolve(path)).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.md", "operate.md"})
  void linksLeadToHeadings(String page) throws IOException {
    for (String link : found("(?<=\\]\\()[^):]*#[^)]+", page)) {
      String[] parts = link.split("#", 2);
      String target = parts[0].isEmpty() ? page : parts[0];
      assertThat(headings(target)).as("headings of " + target).contains(parts[1]);
    }
  }

  private static Set<String> headings(String page) throws IOException {
    return found("(?m)(?<=^#{2,3} ).*$", page).stream()
        .map(h -> h.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.md", "operate.md"})
  void objectsAndNamespacesMatchProduction(String page) throws IOException {
    JsonNode metadata = Overlay.production().deployment().get("metadata");
    String name = metadata.get("name").asText();
    assertThat(found("(?<=flinkdeployment )\\w[\\w-]*", page)).isSubsetOf(name);
    assertThat(found("(?<=[^-]deployment/)[\\w-]+", page))
        .isSubsetOf(name, "flink-kubernetes-operator");
    assertThat(found("(?<=service/)[\\w-]+", page)).containsOnly(name + "-rest");
    assertThat(found("(?<=-l app=)[\\w-]+", page)).containsOnly(name);
    assertThat(found("(?<=kubectl -n )[\\w-]+", page))
        .contains(metadata.get("namespace").asText())
        .isSubsetOf("flink", "flink-operator");
  }

  @Test
  void filesToEditAndTheirKeysExist() throws IOException {
    Path production = Overlay.FOLDER.resolve("production");
    for (String file : found("(?<=`)[a-z-]+\\.yaml(?=`)", "kubernetes.md")) {
      assertThat(
              Files.exists(production.resolve(file))
                  || Files.exists(production.resolve("job").resolve(file))
                  || Files.exists(Path.of("kubernetes", "base", file)))
          .as(file)
          .isTrue();
    }
    Set<String> options = Overlay.production().flink().toMap().keySet();
    assertThat(options).containsAll(found("fs\\.azure\\.[a-z0-9.]+[a-z]", "kubernetes.md"));
  }

  private static Set<String> found(String pattern, String page) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(DOCS.resolve(page)))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
