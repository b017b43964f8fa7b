package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow test --watch} and {@code check --watch}, in this JVM. */
class WatchITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String JOB =
      """
      name: clicks
      inputs:
        clicks:
          connector: kafka
          bootstrap-servers: broker:9092
          topic: clicks
          format: json
          columns: { page: STRING, price: "DECIMAL(4, 2)" }
      queries:
        expensive: expensive.sql
        pages: SELECT page FROM clicks
      outputs:
        expensive: { bootstrap-servers: "broker:9092", topic: expensive, format: json }
        pages: { bootstrap-servers: "broker:9092", topic: pages, format: json }
      """;
  private static final String OVER_TEN = "SELECT page FROM clicks WHERE price >= 10";
  private static final String OVER_NINE = "SELECT page FROM clicks WHERE price >= 9";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private Thread command;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  @BeforeEach
  void writeJob() throws IOException {
    save("job.yaml", JOB);
    save("expensive.sql", OVER_TEN);
    save(
        "tests/prices/clicks.jsonl",
        "{\"page\":\"home\",\"price\":9.99}\n{\"page\":\"shop\",\"price\":10}\n");
    save("tests/prices/test.yaml", "outputs: expensive\n");
    save("tests/prices/expected/expensive.jsonl", "{\"page\":\"shop\"}\n");
    save("tests/pages/clicks.jsonl", "{\"page\":\"home\"}\n");
    save("tests/pages/test.yaml", "outputs: pages\n");
    save("tests/pages/expected/pages.jsonl", "{\"page\":\"home\"}\n");
  }

  @Test
  void runsTheTestCasesThatASaveAffectsUntilItIsStopped() throws Exception {
    start("test", "--watch", folder + "/tests");
    awaitPass("2 cases passed; 2 run");

    save("expensive.sql", OVER_NINE);
    assertThat(awaitPass("1 of 2 cases failed; 1 run"))
        .containsPattern(
            "\\d\\d:\\d\\d:\\d\\d  FOLDER/expensive.sql saved\nFAILED  FOLDER/tests/prices  \\d")
        .contains("  expensive: expected 1 row, got 2\n    + {\"page\":\"home\"}\n");

    save("job.yaml", JOB.replace("SELECT page", "SELECT UPPER(page) AS page"));
    assertThat(awaitPass("2 of 2 cases failed; 1 run"))
        .contains("FOLDER/job.yaml saved\nFAILED  FOLDER/tests/pages  ")
        .contains("- {\"page\":\"home\"}\n    + {\"page\":\"HOME\"}\n")
        .contains("FAILED  FOLDER/tests/prices  as before\n");

    save("job.yaml", JOB.replace("queries:", "queries: {"));
    assertThat(awaitPass("no case can run; 0 run"))
        .contains("FOLDER/job.yaml:")
        .contains("is not valid YAML");

    save("job.yaml", "");
    awaitPass("no case can run; 0 run");

    save("job.yaml", JOB);
    save("expensive.sql", OVER_TEN);
    awaitPass("2 cases passed; ");

    save("tests/prices/expected/expensive.jsonl", "{\"page\":\"other\"}\n");
    assertThat(awaitPass("1 of 2 cases failed; 1 run"))
        .contains("/tests/prices/expected/expensive.jsonl saved");
    assertThat(exitCode).as(err.toString()).isNotDone();
  }

  @Test
  void survivesHowEditorsSave() throws Exception {
    start("test", "--watch", folder + "/tests/prices");
    awaitPass("1 case passed; 1 run");

    Path query = folder.resolve("expensive.sql");
    replace(query, OVER_NINE);
    assertThat(awaitPass("1 of 1 case failed; 1 run")).doesNotContain("not found");

    Files.move(query, folder.resolve("expensive.sql~"));
    save("expensive.sql", OVER_TEN);
    assertThat(awaitPass("1 case passed; 1 run")).doesNotContain("not found");

    Files.delete(query);
    assertThat(awaitPass("no case can run")).contains("file not found: FOLDER/expensive.sql");
    save("expensive.sql", OVER_TEN);
    awaitPass("1 case passed; ");

    save("expensive.sql", OVER_NINE.substring(0, 20));
    save("expensive.sql", OVER_NINE);
    assertThat(awaitPass("1 of 1 case failed; 1 run")).contains("+ {\"page\":\"home\"}");
  }

  @Test
  void checkWritesALineForEachProblemBetweenMarkers() throws Exception {
    start("check", "--watch", "--json", folder + "/job.yaml");
    assertThat(awaitPass("\"check\":\"finished\",\"errors\":0"))
        .startsWith("{\"check\":\"started\",\"definition\":\"FOLDER/job.yaml\"}\n");

    save("expensive.sql", "SELECT page,\n  prise FROM clicks");
    save("job.yaml", JOB.replace("topic: pages", "tpic: pages"));
    String pass = awaitPass("\"check\":\"finished\",\"errors\":2");
    assertThat(pass)
        .startsWith("{\"check\":\"started\"")
        .contains(
            "\n"
                + "{\"file\":\"FOLDER/expensive.sql\",\"line\":2,\"column\":3,\"severity\":\"error\",\"property\":\"\",\"message\":\"");
    ProblemMatcher matcher = ProblemMatcher.ofNewProjects();
    assertThat(pass.lines().flatMap(line -> matcher.parts(line).stream()))
        .extracting(problem -> problem.get("file") + ":" + problem.get("line"))
        .containsExactlyInAnyOrder("FOLDER/job.yaml:14", "FOLDER/expensive.sql:2");

    Files.delete(folder.resolve("job.yaml"));
    assertThat(awaitPass("\"check\":\"finished\",\"errors\":1"))
        .contains("{\"file\":\"FOLDER/job.yaml\",\"line\":1,\"column\":1,\"severity\":\"error\",");

    save("job.yaml", JOB);
    save("expensive.sql", OVER_TEN);
    awaitPass("\"check\":\"finished\",\"errors\":0");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void runRestartsTheJobOnTheSameKafka() throws Exception {
    String job =
        """
        name: numbers
        inputs:
          numbers: { connector: datagen, rows-per-second: 5, columns: { n: INT } }
        queries:
          some: SELECT n FROM numbers
        outputs:
          some: { bootstrap-servers: "localhost:PORT", topic: some, format: json }
        flink: { execution.checkpointing.interval: 200 ms }
        """
            .replace("PORT", String.valueOf(freePort()));
    save("job.yaml", job);
    start("run", "--watch", folder + "/job.yaml");
    assertThat(awaitPass("        some  {\"n\":")).contains("Kafka   localhost:");

    save("job.yaml", job.replace("some:", "others:"));
    assertThat(awaitPass("        others  {\"n\":"))
        .containsPattern(
            "FOLDER/job.yaml saved\n"
                + "restarted in \\d+\\.\\d s, without state: windows and joins start empty; Kafka"
                + " and its topics are kept\n");

    save("job.yaml", job.replace("SELECT n", "SELECT m"));
    assertThat(awaitPass("the last valid job keeps running"))
        .contains("FOLDER/job.yaml:5:3  queries.some  ", "not restarted, ");
    awaitPass("        others  {\"n\":");

    save("job.yaml", job.replace("topic: some", "topic: other"));
    awaitPass("        some  {\"n\":");

    save("job.yaml", job); // Stopped while it starts, it has not failed.
    awaitPass("restarted in ");
    assertThat(exitCode).as(err.toString()).isNotDone();
  }

  @Test
  void printsWhatThePageShows() throws Exception {
    copy(Path.of("../conf"), folder.resolve("conf"));
    Path query = folder.resolve("conf/queries/large_orders.sql");
    String right = Files.readString(query);
    start("test", "--watch", folder + "/conf/tests/large-orders");
    String shown = awaitPass("1 case passed; 1 run");
    for (String text :
        List.of(right.replace("200", "100"), right.replace("amount >", "amont >"), right)) {
      Files.writeString(query, text);
      shown += awaitPass("run, ");
    }

    assertThat(withoutTimes(Files.readString(Path.of("../docs/develop.md"))))
        .contains(withoutTimes(shown.replace("FOLDER/", "")));
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("\\d\\d:\\d\\d:\\d\\d", "TIME").replaceAll("\\d+\\.\\d s", "TIME");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws Exception {
    command.interrupt();
    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(err.toString()).doesNotContain("Exception");
  }

  private void start(String... args) {
    command =
        new Thread(
            () ->
                exitCode.complete(
                    Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args)));
    command.start();
  }

  /** Waits for the line that ends a pass; returns and forgets the output of all passes so far. */
  private String awaitPass(String last) {
    Pattern end = Pattern.compile("(?s).*" + Pattern.quote(last) + "[^\\n]*\\n");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(exitCode).as(err.toString()).isNotDone();
              assertThat(out.toString()).containsPattern(end);
            });
    String text = out.toString().replace(folder.toString(), "FOLDER");
    out.getBuffer().setLength(0);
    return text;
  }

  private void save(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  /** As vim and IntelliJ do. */
  private static void replace(Path file, String text) throws IOException {
    Path other = Files.writeString(file.resolveSibling("4913.tmp"), text);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
