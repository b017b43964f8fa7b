package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kubectl commands in the documentation fit the manifests and kubectl's own options. */
class KubernetesCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COMMAND =
      Pattern.compile("kubectl (?:-n [\\w-]+ )?[a-z][^`#|;)\\n]*");
  private static final Pattern PATCH =
      Pattern.compile("--type (merge|json) -p\\s*(?:\\\\\\s*)?'([^']*)'");

  /** The options of each command that the pages use, of kubectl 1.27 or later. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("apply", Set.of("-k")),
          Map.entry("create", Set.of()),
          Map.entry("debug", Set.of("--copy-to", "--container", "--profile", "--attach")),
          Map.entry("delete", Set.of("-k")),
          Map.entry("describe", Set.of()),
          Map.entry("diff", Set.of("-k")),
          Map.entry("exec", Set.of()),
          Map.entry("get", Set.of("-l", "-o")),
          Map.entry("kustomize", Set.of()),
          Map.entry("label", Set.of()),
          Map.entry("logs", Set.of("-l", "--all-containers", "--prefix", "--tail", "--previous")),
          Map.entry("patch", Set.of("--type", "-p")),
          Map.entry("port-forward", Set.of()));

  private final ObjectNode deployment = Overlay.production().deployment();

  /** A patch in a page. */
  private record Patch(String type, String text) {
    JsonNode applyTo(ObjectNode object) throws IOException {
      JsonNode patch = JSON.readTree(text);
      if (type.equals("merge")) {
        merge((ObjectNode) patch, object);
      } else {
        patch.forEach(operation -> add(operation, object));
      }
      return object;
    }

    private static void merge(ObjectNode patch, ObjectNode object) {
      patch
          .properties()
          .forEach(
              field -> {
                if (field.getValue() instanceof ObjectNode changed) {
                  merge(changed, object.withObjectProperty(field.getKey()));
                } else {
                  object.set(field.getKey(), field.getValue());
                }
              });
    }

    private static void add(JsonNode operation, ObjectNode object) {
      assertThat(operation.path("op").asText()).isEqualTo("add");
      String path = operation.path("path").asText();
      int end = path.lastIndexOf('/');
      JsonNode parent = object.at(path.substring(0, end));
      if (path.endsWith("/-")) {
        ((ArrayNode) parent).add(operation.get("value"));
      } else {
        assertThat(parent.isObject()).as(path).isTrue();
        ((ObjectNode) parent).set(path.substring(end + 1), operation.get("value"));
      }
    }
  }

  static Stream<Patch> patches() throws IOException {
    return Stream.concat(
        matches(PATCH, "kubernetes.md").map(patch -> new Patch(patch.group(1), patch.group(2))),
        matches(PATCH, "operate.md").map(patch -> new Patch(patch.group(1), patch.group(2))));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void theOperatorAcceptsEachPatch(Patch patch) throws IOException {
    JsonNode before = deployment.deepCopy();
    JsonNode patched = patch.applyTo(deployment);

    assertThat(FlinkDeploymentSchema.problems(patched)).isEmpty();
    assertThat(texts(patched.at("/spec/job/args")))
        .startsWith(texts(before.at("/spec/job/args")).toArray(String[]::new));
  }

  @Test
  void patchesOfBothKindsAreFound() throws IOException {
    assertThat(patches()).extracting(Patch::type).contains("json", "merge").hasSizeGreaterThan(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.md", "operate.md"})
  void commandsAndTheirOptionsExist(String page) throws IOException {
    List<String> commands = matches(COMMAND, page).map(MatchResult::group).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    for (String command : commands) {
      String[] words =
          command
              .replaceAll(" -- .*", "") // A command in the container.
              .replaceAll("(?s)'[^']*'?", "") // A patch.
              .replaceFirst("^kubectl (-n [\\w-]+ )?", "")
              .split("[\\s\\\\]+", -1);
      assertThat(OPTIONS).as(command).containsKey(words[0]);
      assertThat(Stream.of(words).filter(word -> word.startsWith("-")))
          .as(command)
          .allSatisfy(
              option -> assertThat(OPTIONS.get(words[0])).contains(option.replaceAll("=.*", "")));
    }
  }

  @Test
  void theJarItsArgumentsAndTheContainerAreThoseOfTheDeployment() throws IOException {
    String jar = deployment.at("/spec/job/jarURI").asText().replace("local://", "");
    String arguments = String.join(" ", texts(deployment.at("/spec/job/args")));
    assertThat(matches(Pattern.compile("flink run -t (?:local|remote) (.*)"), "kubernetes.md"))
        .isNotEmpty()
        .allSatisfy(
            command ->
                assertThat(command.group(1))
                    .startsWith(jar + " " + arguments)
                    .matches(".* --check(points)?"));
    assertThat(matches(Pattern.compile("--container=(\\S+)"), "kubernetes.md"))
        .isNotEmpty()
        .allSatisfy(
            container ->
                assertThat(container.group(1))
                    .isEqualTo(Overlay.production().container().path("name").asText()));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Stream<MatchResult> matches(Pattern pattern, String page) throws IOException {
    return pattern.matcher(Files.readString(Path.of("..", "docs", page))).results();
  }
}
