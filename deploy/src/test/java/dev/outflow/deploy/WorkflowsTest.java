package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows run the documented build, on the supported JDKs and with minimal permissions. */
class WorkflowsTest {
  private static final String FOLDER = ".github/workflows";

  static List<String> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Repository.ROOT.resolve(FOLDER))) {
      return files.map(file -> FOLDER + "/" + file.getFileName()).sorted().toList();
    }
  }

  @Test
  void everyPushAndPullRequestRunsTheDocumentedBuild() throws IOException {
    JsonNode ci = Repository.yaml(FOLDER + "/ci.yml");
    assertThat(ci.at("/on/push/branches/0").asText()).isEqualTo("main");
    assertThat(ci.path("on").has("pull_request")).isTrue();
    assertThat(ci.at("/jobs/verify/steps").findValuesAsText("run")).containsExactly(".ci/run");
    assertThat(Files.isExecutable(Repository.ROOT.resolve(".ci/run"))).isTrue();
  }

  @Test
  void everySupportedJdkIsBuiltToTheEnd() throws IOException {
    JsonNode strategy = Repository.yaml(FOLDER + "/ci.yml").at("/jobs/verify/strategy");
    assertThat(strategy.at("/matrix/java")).extracting(JsonNode::asInt).containsExactly(17, 21);
    assertThat(strategy.path("fail-fast").asBoolean(true)).isFalse();
  }

  @Test
  void oneJdkUploadsTheArtifactsAndEachUploadsItsReports() throws IOException {
    List<JsonNode> uploads = new ArrayList<>();
    for (JsonNode step : Repository.yaml(FOLDER + "/ci.yml").at("/jobs/verify/steps")) {
      if (step.path("uses").asText().startsWith("actions/upload-artifact@")) {
        uploads.add(step);
      }
    }
    assertThat(uploads).hasSize(2);
    assertThat(uploads.get(0).path("if").asText()).isEqualTo("matrix.java == 17");
    assertThat(uploads.get(0).at("/with/path").asText().lines())
        .containsExactly(
            "job/target/outflow.jar",
            "job/target/outflow-sbom.json",
            "legacy/target/outflow-legacy.jar",
            "legacy/target/outflow-legacy-sbom.json",
            "e2e/target/faults.md");
    assertThat(uploads.get(1).path("if").asText()).isEqualTo("failure()");
    assertThat(uploads.get(1).at("/with/name").asText())
        .isEqualTo("reports-java${{ matrix.java }}");
  }

  @Test
  void tagIsReleasedAfterTheCompleteBuild() throws IOException {
    JsonNode release = Repository.yaml(FOLDER + "/release.yml");
    assertThat(release.at("/on/push/tags/0").asText()).isEqualTo("v*");
    List<String> commands = release.at("/jobs/release/steps").findValuesAsText("run");
    assertThat(commands).hasSize(3);
    assertThat(commands.get(0)).isEqualTo(".ci/run");
    assertThat(commands.get(1)).isEqualTo(".ci/release \"$GITHUB_REF_NAME\"");
    assertThat(commands.get(2))
        .startsWith("gh release create \"$GITHUB_REF_NAME\"")
        .contains("--notes-file target/release/notes.md");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void workflowsReadOnlyAndTimeOut(String file) throws IOException {
    JsonNode workflow = Repository.yaml(file);
    assertThat(workflow.at("/permissions/contents").asText()).isEqualTo("read");
    assertThat(workflow.path("permissions")).hasSize(1);
    assertThat(workflow.path("jobs")).isNotEmpty();
    for (JsonNode job : workflow.path("jobs")) {
      assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 180);
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void oldestJdkIsTheReleaseOfThePom(String file) throws IOException {
    for (JsonNode job : Repository.yaml(file).path("jobs")) {
      String version = job.path("steps").findValue("java-version").asText();
      String oldest = job.at("/strategy/matrix/java/0").asText(version);
      assertThat(version).isIn(oldest, "${{ matrix.java }}");
      assertThat(Repository.text("pom.xml"))
          .contains("<maven.compiler.release>%s</maven.compiler.release>".formatted(oldest));
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actionsHaveAVersion(String file) throws IOException {
    List<String> actions = new ArrayList<>(Repository.yaml(file).findValuesAsText("uses"));
    assertThat(actions)
        .isNotEmpty()
        .allMatch(action -> action.matches("actions/[a-z-]+@(v\\d+|[0-9a-f]{40})"));
  }
}
