package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of README.md and docs/transform.md, as documented there. */
class LauncherE2ECase {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("(?m)^(\\./outflow .*)$");

  @TempDir private Path folder;
  private Process process;

  static Stream<String> documentedCommands() throws IOException {
    return Stream.concat(
        readmeCommands().filter(command -> !command.equals("./outflow run")),
        commands("docs/transform.md").filter(command -> command.startsWith("./outflow test ")));
  }

  @ParameterizedTest
  @MethodSource("documentedCommands")
  void documentedCommandSucceeds(String command) throws Exception {
    start(command);

    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
    assertThat(output()).isNotBlank();
  }

  @Test
  void runShowsRecordsWithinAMinuteAndStopsCleanlyOnCtrlC() throws Exception {
    assertThat(readmeCommands()).contains("./outflow run");
    Instant begin = Instant.now();
    start("./outflow run");

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(output())
                    .contains("large_orders  {\"order_id\":\"")
                    .contains("city_revenue  "));
    System.out.printf(
        "./outflow run showed its first records after %d s%n",
        Duration.between(begin, Instant.now()).toSeconds());
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      fail("still running after 10 s:\n" + threads());
    }
    assertThat(output())
        .containsPattern(
            "Stopped after \\d+ s, job RUNNING: in [1-9]\\d* records, out large_orders [1-9]")
        .doesNotContain("Exception");
    assertThat(firstWindowStart())
        .as("windows are in UTC, although the machine's zone is not")
        .isBetween(begin.minusSeconds(60), Instant.now());
  }

  /** Returns {@code window_start} of the first row of {@code city_revenue}, read as UTC. */
  private Instant firstWindowStart() throws IOException {
    Matcher start = Pattern.compile("city_revenue  [^,]+,\"([^\"]+)\"").matcher(output());
    assertThat(start.find()).as(output()).isTrue();
    return Instant.parse(start.group(1).replace(' ', 'T') + "Z");
  }

  @Test
  void missingDefinitionExitsWithCode2() throws Exception {
    start("./outflow run no/such/job.yaml");

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(output())
        .isEqualTo(
            "no/such/job.yaml  file not found: no/such/job.yaml (searched the working directory %1$s, the jar's directory %1$s/local/target/lib and the jar)\n"
                .formatted(HOME));
  }

  @AfterEach
  void stopProcess() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Stream<String> readmeCommands() throws IOException {
    return commands("README.md");
  }

  private static Stream<String> commands(String page) throws IOException {
    Matcher commands = COMMAND.matcher(Files.readString(HOME.resolve(page)));
    List<String> found = new ArrayList<>();
    while (commands.find()) {
      found.add(commands.group(1).replaceFirst("\\s+#.*", "").strip());
    }
    return found.stream().distinct();
  }

  /**
   * With the default action of SIGINT, even if this JVM was started with SIGINT ignored, and in a
   * time zone far from UTC.
   */
  private void start(String command) throws IOException {
    process =
        new ProcessBuilder(
                "env", "--default-signal=INT", "TZ=Asia/Kolkata", "bash", "-c", "exec " + command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  private String threads() throws IOException {
    Process dump =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                "Thread.print")
            .start();
    return new String(dump.getInputStream().readAllBytes(), UTF_8);
  }

  private String output() throws IOException {
    return new String(Files.readAllBytes(folder.resolve("output")), UTF_8);
  }
}
