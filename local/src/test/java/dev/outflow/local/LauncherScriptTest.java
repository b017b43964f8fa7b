package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./outflow}, in a small clone with fakes of {@code java} and {@code mvn}. */
class LauncherScriptTest {
  private static final Path SCRIPT = Path.of("..", "outflow");
  private static final String BY_LAUNCHER = "local/target/launcher/outflow-local.jar";
  private static final String BY_MAVEN = "local/target/outflow-local.jar";
  private static final String SOURCE = "local/src/main/Source.java";

  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * The result of a command.
   *
   * @param output stdout and stderr
   */
  private record Result(int exitCode, String output) {}

  @BeforeEach
  void createClone() throws IOException {
    Files.copy(SCRIPT, home.resolve("outflow"));
    write("pom.xml", "<modules>\n  <module>local</module>\n  <module>e2e</module>\n</modules>\n");
    write("conf/job.schema.json", "{}");
    write("local/pom.xml", "");
    write(SOURCE, "");
    fakeJava("17.0.15");
    fakeMaven("mkdir -p local/target/launcher && touch " + BY_LAUNCHER);
    Files.createDirectories(home.resolve("repository/org/apache/flink"));
    environment.put("JAVA_HOME", home.toString());
    environment.put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + home.resolve("repository"));
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, 11", "1.8.0_442, 8"})
  void rejectsJavaOlderThan17(String full, String version) throws Exception {
    fakeJava(full);

    assertThat(outflow())
        .isEqualTo(
            new Result(
                2,
                "outflow: Outflow needs JDK 17 or later; java is version %s (set JAVA_HOME)\n"
                    .formatted(version)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.9", "25.0.3"})
  void startsTheCommandOnJava17AndLater(String version) throws Exception {
    fakeJava(version);

    assertThat(outflow().output()).endsWith(" dev.outflow.local.Outflow ddl conf/job.yaml\n");
    assertThat(outflow().exitCode()).isZero();
  }

  @Test
  void buildsOnlyIfTheJarIsMissingOrOlderThanASource() throws Exception {
    assertThat(outflow().output()).startsWith("Building Outflow ...\n").contains(BY_LAUNCHER);
    assertThat(outflow().output()).doesNotContain("Building").contains(BY_LAUNCHER);

    touch(SOURCE);
    assertThat(outflow().output()).startsWith("Building Outflow ...\n");
  }

  @Test
  void ignoresSourcesOfModulesThatItDoesNotRun() throws Exception {
    outflow();
    write("e2e/src/main/Source.java", "");
    touch("e2e/src/main/Source.java");

    assertThat(outflow().output()).doesNotContain("Building");
  }

  @Test
  void usesTheJarOfMavenPackageIfItIsUpToDate() throws Exception {
    write(BY_MAVEN, "");
    touch(BY_MAVEN);

    assertThat(outflow().output()).doesNotContain("Building").contains(BY_MAVEN);

    touch(SOURCE);
    assertThat(outflow().output()).startsWith("Building Outflow ...\n").contains(BY_LAUNCHER);
  }

  @Test
  void replacesThePlannerLoaderByThePlannerItselfUnlessABrokerStarts() throws Exception {
    write("local/target/launcher/lib/flink-table-planner-loader-2.jar", "");
    write("local/target/launcher/lib/other.jar", "");
    assertThat(outflow().output()).contains("launcher/lib/*");

    write("local/target/launcher/planner/flink-table-planner.jar", "");
    assertThat(outflow().output())
        .contains("launcher/planner/flink-table-planner.jar:", "launcher/lib/other.jar ")
        .doesNotContain("loader");
    assertThat(run(home.resolve("outflow"), "run", "conf/job.yaml").output())
        .contains("launcher/lib/*")
        .doesNotContain("launcher/planner");
  }

  @Test
  void archivesClassesAfterTheFirstTestAndUsesTheArchiveWhileItFits() throws Exception {
    archivingJava("printf classes");
    assertThat(outflow().output()).doesNotContain("SharedArchiveFile");
    assertThat(archives()).isEmpty();

    assertThat(run(home.resolve("outflow"), "test").output()).doesNotContain("SharedArchiveFile");
    Path archive = await().until(this::archives, found -> !found.isEmpty()).get(0);
    assertThat(archive.toString()).endsWith("-7.jsa");
    assertThat(outflow().output()).contains(" -XX:SharedArchiveFile=" + archive + " ");

    Files.writeString(archive, "cut");
    assertThat(outflow().output()).doesNotContain("SharedArchiveFile");
    Files.writeString(archive, "classes");
    touch(BY_LAUNCHER);
    assertThat(outflow().output()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void doesNotTryAgainToArchiveClassesIfItFailed() throws Exception {
    archivingJava("exit 1; :");
    run(home.resolve("outflow"), "test");
    Path archive = await().until(this::archives, found -> !found.isEmpty()).get(0);

    assertThat(archive).isEmptyFile();
    FileTime written = Files.getLastModifiedTime(archive);
    assertThat(run(home.resolve("outflow"), "test"))
        .extracting(Result::exitCode, result -> result.output().contains("SharedArchiveFile"))
        .containsExactly(0, false);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(written);
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(BY_LAUNCHER).getParent())) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  /** Prints its arguments, or what {@code command} prints to the archive that it is to create. */
  private void archivingJava(String command) throws IOException {
    script(
        "bin/java",
        """
        [ "$1" = -version ] && { echo 'openjdk version "17.0.15" 2026-01-20' >&2; exit; }
        for argument; do
          case $argument in
            -XX:ArchiveClassesAtExit=*) %s >"${argument#*=}"; exit ;;
          esac
        done
        echo "$@\""""
            .formatted(command));
  }

  @Test
  void announcesDownloadsOnlyIfTheLocalRepositoryHasNoFlink() throws Exception {
    Files.delete(home.resolve("repository/org/apache/flink"));

    assertThat(outflow().output())
        .startsWith("Building Outflow and downloading about 300 MB of libraries ...\n");
  }

  @Test
  void reportsAFailedBuildWithoutMavensColors() throws Exception {
    fakeMaven("printf '\\033[1;31mERROR\\033[m broken\\n\\033[0m'; exit 1");

    assertThat(outflow())
        .isEqualTo(
            new Result(
                2, "Building Outflow ...\nERROR broken\noutflow: the build failed; see above\n"));
  }

  @Test
  void findsItsCloneThroughSymbolicLinks() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("home/bin"));
    Path first = Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("../../outflow"));
    Path second = Files.createSymbolicLink(elsewhere.resolve("second"), first.toAbsolutePath());

    assertThat(run(second).output()).contains("-Doutflow.home=" + home + " ");
  }

  @Test
  void namesAJavaHomeThatDoesNotExist() throws Exception {
    environment.put("JAVA_HOME", "/no/such/jdk");

    assertThat(outflow())
        .isEqualTo(
            new Result(
                2,
                "outflow: JAVA_HOME is /no/such/jdk, which has no bin/java; correct or unset it\n"));
  }

  @Test
  void logsElsewhereIfTheCloneCannotBeWritten() throws Exception {
    outflow();
    Files.delete(home.resolve("local/target/outflow.log"));
    Files.createDirectories(home.resolve("local/target/outflow.log")); // Not a file to write.
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());

    String log = home.resolve("state/outflow/outflow.log").toString();
    assertThat(outflow().output())
        .startsWith(
            "outflow: %s cannot be written; the log is %s\n"
                .formatted(home.resolve("local/target"), log))
        .contains(" -Doutflow.log=" + log + " ");

    environment.put("XDG_STATE_HOME", "/dev/null");
    assertThat(outflow().output()).contains(" -Doutflow.log=/dev/null ");
  }

  @ParameterizedTest
  @CsvSource({"C, true", "POSIX, true", "'', true", "xy_XY.UTF-8, false", "xy_XY.utf8, false"})
  void startsJavaWithUtf8Names(String locale, boolean isReplaced) throws Exception {
    script(
        "bin/java", "[ \"$1\" = -version ] && echo 'openjdk version \"17\"' || echo \"<$LC_ALL>\"");
    environment.putAll(Map.of("LC_ALL", locale, "LC_CTYPE", "", "LANG", "C"));

    assertThat(outflow().output())
        .containsPattern(isReplaced ? "(?i)<(?:C|en_US)\\.utf-?8>" : "<" + locale + ">");
  }

  private Result outflow() throws IOException, InterruptedException {
    return run(home.resolve("outflow"));
  }

  private Result run(Path script) throws IOException, InterruptedException {
    return run(script, "ddl", "conf/job.yaml");
  }

  private Result run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(script.toString()));
    all.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(all).redirectErrorStream(true);
    command.environment().putAll(environment);
    Process process = command.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Prints its arguments. */
  private void fakeJava(String version) throws IOException {
    script(
        "bin/java",
        "[ \"$1\" = -version ] || { echo \"$@\"; exit; }\n"
            + "echo 'openjdk version \"%s\" 2026-01-20' >&2".formatted(version));
  }

  private void fakeMaven(String commands) throws IOException {
    script("bin/mvn", commands);
  }

  private void script(String name, String commands) throws IOException {
    write(name, "#!/bin/sh\n" + commands + "\n");
    assertThat(home.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Makes a file newer than all others. */
  private void touch(String name) throws IOException {
    FileTime later = FileTime.from(Instant.now().plusSeconds(1));
    Files.setLastModifiedTime(home.resolve(name), later);
  }
}
