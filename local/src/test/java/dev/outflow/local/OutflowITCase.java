package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow run}, {@code ddl} and {@code schema}: their output and exit codes. */
@ExtendWith(KafkaExtension.class)
class OutflowITCase {
  /** That of this JVM: other test classes run at the same time. */
  private static final Path LOG =
      Path.of("target", "test-%d.log".formatted(Integer.getInteger("outflow.test.fork", 0)));

  private static final String JOB =
      """
      name: numbers
      queries:
        numbers: SELECT * FROM (VALUES (1, 'one'), (2, 'two'), (3, 'three')) AS t(n, name)
      outputs:
        numbers:
          bootstrap-servers: BROKER
          topic: numbers
          format: avro
      flink: { execution.checkpointing.interval: 200 ms }
      """;

  /** With a misspelled key. */
  private static final String WRONG =
      JOB.replace("BROKER", "broker:9092").replace("format: avro", "fromat: avro");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void runsABoundedJobOnEmbeddedKafkaAndShowsItsOutput() throws IOException {
    String job = write(JOB.replace("BROKER", "localhost:19092"));

    try (ServerSocket socket = new ServerSocket()) {
      listen(socket, 8081);
      assertThat(outflow("run", job, "--set", "outputs.numbers.compression-type=lz4")).isZero();
    }
    assertThat(out.toString())
        .contains(
            "  outputs.numbers.compression-type: lz4  (--set outputs.numbers.compression-type)")
        .contains("Kafka   localhost:19092  (embedded; data is discarded on exit)")
        .containsPattern(
            "The web UI uses port 80\\d\\d: port 8081 is in use by .+ \\(--ui-port chooses another\\)")
        .containsPattern("Flink   http://(localhost|127.0.0.1):80\\d\\d  \\(web UI\\)")
        .containsPattern("numbers  \\{\"n\": \\d, \"name\": \"(one|two|three)\"}")
        .containsPattern(
            "Stopped after \\d+ s, job FINISHED: in 0 records, out numbers 3 \\(committed\\)")
        .contains("Edit " + job + " and run it again", "  ./outflow check " + job + "  # ")
        .containsPattern("(?m)^  ./outflow test +# ")
        .doesNotContain("transactional-id-prefix", "operators", "\u001b");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsTheFirstRecordOfTheShippedJobWithinTwentyLines() throws IOException {
    int kafkaPort = freePort();
    int uiPort = freePort();

    assertThat(
            outflow(
                "run",
                "../conf/job.yaml",
                "--generator",
                "../conf/generator.yaml",
                "--set",
                "flink.execution.checkpointing.interval=2s",
                "--kafka-port",
                String.valueOf(kafkaPort),
                "--ui-port",
                String.valueOf(uiPort),
                "--for",
                "8s"))
        .as(out.toString() + err)
        .isZero();

    List<String> lines = out.toString().lines().toList();
    assertThat(lines)
        .contains(
            "Job     large-orders  (press Ctrl-C to stop)",
            "Kafka   localhost:%d  (embedded; data is discarded on exit)".formatted(kafkaPort),
            "  outputs.large_orders.compression-type: zstd  (../conf/job.yaml:31:5)")
        .anyMatch(line -> line.matches("Flink   http://.*:%d  \\(web UI\\)".formatted(uiPort)))
        .anyMatch(line -> line.startsWith("Output  large_orders: exactly once (default)"))
        .anyMatch(line -> line.startsWith("Output  city_revenue: exactly once (default)"));
    List<String> beforeFirstRecord =
        lines.stream().takeWhile(line -> !line.startsWith("        large_orders  {")).toList();
    assertThat(beforeFirstRecord).hasSizeLessThanOrEqualTo(20);
    assertThat(lines).hasSizeGreaterThan(beforeFirstRecord.size());
    assertThat(runningSeconds(lines)).as("--for counts from RUNNING").isBetween(7L, 60L);
  }

  /** Returns the time from the first RUNNING to the end. */
  private static long runningSeconds(List<String> lines) {
    String running =
        lines.stream().filter(line -> line.contains(" s  RUNNING ")).findFirst().orElseThrow();
    String stopped =
        lines.stream().filter(line -> line.startsWith("Stopped after")).findFirst().orElseThrow();
    return Long.parseLong(stopped.replaceAll("Stopped after (\\d+) s.*", "$1"))
        - Long.parseLong(running.strip().replaceAll("^(\\d+) s.*", "$1"));
  }

  @Test
  void rejectsPortsInUseAndNamesTheProcess(EmbeddedKafka kafka) throws IOException {
    String job = write(JOB.replace("BROKER", "localhost:19092"));
    String port = kafka.bootstrapServers().replace("localhost:", "");
    String inUse =
        "port %s is in use by java (pid %d); choose another port"
            .formatted(port, ProcessHandle.current().pid());

    assertThat(outflow("run", job, "--ui-port", port)).isEqualTo(2);
    assertThat(err.toString()).startsWith("--ui-port: " + inUse);
    err.getBuffer().setLength(0);
    assertThat(outflow("run", job, "--kafka-port", port)).isEqualTo(2);
    assertThat(err.toString()).startsWith("--kafka-port: " + inUse);
  }

  @Test
  void usesARunningBrokerAndDoesNotCreateTopicsThere(EmbeddedKafka kafka) throws IOException {
    String job = write(JOB.replace("BROKER", kafka.bootstrapServers()));

    assertThat(outflow("run", job)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "No embedded Kafka broker was started: port %s is in use by java (pid %d). Stop it, or choose another port with --kafka-port.\n"
                    .formatted(
                        kafka.bootstrapServers().replace("localhost:", ""),
                        ProcessHandle.current().pid())
                + job
                + ":7:5  outputs.numbers.topic  topic 'numbers' does not exist on "
                + kafka.bootstrapServers()
                + "; create it or correct the name\n");
  }

  @Test
  void reportsAnUnreachableBrokerWithinSeconds() throws IOException {
    String job = write(JOB.replace("BROKER", "127.0.0.2:9"));
    Instant begin = Instant.now();

    assertThat(outflow("run", job)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            job
                + ":6:5  outputs.numbers.bootstrap-servers  127.0.0.2:9 refused the connection;"
                + " nothing listens on that port, or a firewall rejects it\n");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void reportsAnInvalidDefinitionWithoutAStackTrace() throws IOException {
    String job = write(WRONG);

    for (String command : new String[] {"run", "ddl", "schema"}) {
      err.getBuffer().setLength(0);
      assertThat(outflow(command, job)).as(command).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              """
              %1$s:8:5  outputs.numbers.fromat  unknown key; did you mean 'format'?
              """
                  .formatted(job));
    }
  }

  @Test
  void reportsAllProblemsAtOnce() throws IOException {
    String job = write(WRONG.replace("(n, name)", "(n)"));

    assertThat(outflow("ddl", job)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(job + ":3:3  queries.numbers  line 1, column ")
        .contains(job + ":8:5  outputs.numbers.fromat  unknown key")
        .endsWith("2 problems\n");
  }

  @Test
  void printsProblemsAsJsonForTools() throws IOException {
    String job = write(WRONG);

    assertThat(outflow("ddl", job, "--json")).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
    assertThat(new ObjectMapper().readTree(out.toString()))
        .singleElement()
        .hasToString(
            "{\"file\":\"%s\",\"line\":8,\"column\":5,\"property\":\"outputs.numbers.fromat\",\"message\":\"unknown key; did you mean 'format'?\"}"
                .formatted(job));
  }

  @Test
  void colorsPlaceAndPropertyOnATerminal() {
    ProblemReport report =
        new ProblemReport(
            List.of(new Problem(new Location("job.yaml", 8, 5), "outputs.a.topic", "is required")),
            List.of());

    assertThat(report.text(new Colors(true)))
        .isEqualTo(
            "\u001b[1mjob.yaml:8:5\u001b[0m  \u001b[31moutputs.a.topic\u001b[0m  is required\n");
    assertThat(report.text(Colors.NONE)).isEqualTo("job.yaml:8:5  outputs.a.topic  is required\n");
  }

  @Test
  void explainsTheEffectiveConfigurationAndItsOriginsOnRequest() throws IOException {
    String job = write(JOB.replace("BROKER", "localhost:19093"));

    assertThat(outflow("run", job, "--set", "outputs.numbers.compression-type=lz4", "--explain"))
        .isZero();
    String explained = out.toString();
    assertThat(explained)
        .containsPattern("(?m)^  topic +numbers  \\(.*/job.yaml:7:5\\)$")
        .containsPattern(
            "(?m)^  compression-type +lz4  \\(--set outputs.numbers.compression-type\\)$")
        .containsPattern(
            "(?m)^  transactional-id-prefix +numbers-local-\\w+-numbers  \\(default\\)$")
        .containsPattern("(?m)^  execution.checkpointing.interval +200 ms  \\(.*/job.yaml:9:10\\)$")
        .containsPattern(
            "(?m)^  guarantee +exactly once \\(default\\): committed with each checkpoint, every 200 ms")
        .containsPattern("(?m)^operators\n(  [\\w\\[\\]]+\n)*  numbers\n");
    assertThat(Files.readString(LOG))
        .contains(explained.substring(explained.indexOf("operators\n"), explained.indexOf("Job ")))
        .contains("(--set outputs.numbers.compression-type)");
  }

  @Test
  void rejectsAnInvalidCommandLineWithUsage() {
    assertThat(outflow("run", "--for", "soon")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'soon' is not a duration; write e.g. 30s or 2min")
        .contains("Usage:");
    assertThat(outflow("run", "--for", "30")).isEqualTo(2);
    assertThat(err.toString()).contains("'30' has no unit; write a unit, e.g. 30s");
    assertThat(outflow("rnu")).isEqualTo(2);
    assertThat(err.toString()).contains("'rnu'").contains("Usage:");
  }

  @Test
  void ddlPrintsTheEquivalentStatements() throws IOException {
    String job = write(JOB.replace("BROKER", "broker:9092"));

    assertThat(outflow("ddl", job, "--set", "outputs.numbers.topic=other")).isZero();
    assertThat(out.toString())
        .contains("CREATE TEMPORARY TABLE `numbers`")
        .contains("'topic' = 'other'")
        .contains("INSERT INTO `numbers`");
  }

  @Test
  void laysTheFileOfAnEnvironmentOverTheDefinition() throws IOException {
    String job = write(JOB.replace("BROKER", "localhost:9092"));
    Files.writeString(
        folder.resolve("job.prod.yaml"),
        "outputs: {numbers: {bootstrap-servers: 'kafka.example.com:9093'}}");

    assertThat(outflow("ddl", job, "--env", "prod")).isZero();
    assertThat(out.toString())
        .contains("'kafka.example.com:9093'")
        .doesNotContain("localhost:9092");

    assertThat(outflow("check", job, "--env", "staging")).isNotZero();
    assertThat(out.toString())
        .contains(job + " --env staging", "file not found: " + folder.resolve("job.staging.yaml"));
  }

  @Test
  void schemaPrintsColumnsAndTheAvroSchema() throws IOException {
    String job = write(JOB.replace("BROKER", "broker:9092"));

    assertThat(outflow("schema", job)).isZero();
    assertThat(out.toString())
        .contains("numbers\n  `n` INT NOT NULL\n  `name` VARCHAR(5) NOT NULL\n")
        .contains("\"type\" : \"record\"");
  }

  private static void listen(ServerSocket socket, int port) throws IOException {
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      assertThat(new LocalPort(port).isInUse()).as("another process listens").isTrue();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String write(String yaml) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }

  private int outflow(String... args) {
    return Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
