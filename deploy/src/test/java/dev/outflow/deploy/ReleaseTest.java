package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code .ci/release} collects, and the releases that it rejects. */
class ReleaseTest {
  private static final Pattern SECTION = Pattern.compile("(?m)^## (.*)$");

  @TempDir private Path folder;

  @Test
  void changelogStartsWithTheVersionOfThePom() throws IOException {
    Matcher first = SECTION.matcher(Repository.text("CHANGELOG.md"));
    assertThat(first.find()).isTrue();
    String version = Repository.version();
    if (version.endsWith("-SNAPSHOT")) {
      assertThat(first.group(1)).isEqualTo("Unreleased");
    } else {
      assertThat(first.group(1)).matches(Pattern.quote(version) + " - \\d{4}-\\d\\d-\\d\\d");
    }
  }

  @Test
  void releaseHasJarsSbomsChecksumsAndNotesOfItsVersion() throws Exception {
    prepare(
        "1.2.3", "## 1.2.3 - 2027-01-02\n\n### Added\n- this\n\n## 1.2.2 - 2027-01-01\n- that\n");

    assertThat(release("v1.2.3")).isEqualTo(0);

    Path made = folder.resolve("target/release");
    assertThat(made.resolve("outflow-1.2.3.jar")).hasContent("jar");
    assertThat(made.resolve("outflow-1.2.3-sbom.json")).hasContent("{}");
    assertThat(made.resolve("outflow-legacy-1.2.3.jar")).hasContent("legacy jar");
    assertThat(made.resolve("outflow-legacy-1.2.3-sbom.json")).hasContent("{}");
    assertThat(Files.readAllLines(made.resolve("SHA256SUMS"))).hasSize(4);
    assertThat(run(made, "sha256sum", "-c", "SHA256SUMS")).isEqualTo(0);
    assertThat(made.resolve("notes.md"))
        .content()
        .startsWith("For Apache Flink 2.")
        .contains(
            "on Java 17 or later",
            "Kafka brokers",
            "outflow-legacy-1.2.3.jar",
            "savepoint",
            "### Added\n- this")
        .doesNotContain("that", "<", "clients\n)");
  }

  @Test
  void rejectsATagThatDiffersFromTheVersion() throws Exception {
    prepare("1.2.3", "## 1.2.3 - 2027-01-02\n- this\n");

    assertRejected("v1.2.4", "tag 'v1.2.4' does not match version 1.2.3 in pom.xml");
  }

  @Test
  void rejectsASnapshot() throws Exception {
    prepare("1.2.3-SNAPSHOT", "## 1.2.3-SNAPSHOT\n- this\n");

    assertRejected("v1.2.3-SNAPSHOT", "version 1.2.3-SNAPSHOT is a snapshot");
  }

  @Test
  void rejectsAVersionThatTheChangelogDoesNotHave() throws Exception {
    prepare("1.2.3", "## Unreleased\n- this\n\n## 1.2.2 - 2027-01-01\n- that\n");

    assertRejected("v1.2.3", "CHANGELOG.md has no entries under '## 1.2.3'");
  }

  private void prepare(String version, String changes) throws IOException {
    Files.createDirectories(folder.resolve(".ci"));
    Files.copy(Repository.ROOT.resolve(".ci/release"), folder.resolve(".ci/release"));
    Files.writeString(
        folder.resolve("pom.xml"),
        Repository.text("pom.xml")
            .replace(
                "  <version>%s</version>\n  <packaging>".formatted(Repository.version()),
                "  <version>%s</version>\n  <packaging>".formatted(version)));
    Files.writeString(folder.resolve("CHANGELOG.md"), "# Changelog\n\n" + changes);
    build("job/target/outflow", "jar");
    build("legacy/target/outflow-legacy", "legacy jar");
  }

  private void build(String name, String content) throws IOException {
    Path jar = folder.resolve(name + ".jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, content);
    Files.writeString(folder.resolve(name + "-sbom.json"), "{}");
  }

  private void assertRejected(String tag, String reason) throws Exception {
    assertThat(release(tag)).isEqualTo(1);
    assertThat(folder.resolve("output")).content().startsWith("release: " + reason);
    assertThat(folder.resolve("target/release")).doesNotExist();
  }

  private int release(String tag) throws Exception {
    return run(folder, "bash", ".ci/release", tag);
  }

  private int run(Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
