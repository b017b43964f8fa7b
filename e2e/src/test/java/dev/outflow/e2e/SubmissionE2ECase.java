package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Submits the jar, its definition and its queries to a cluster in every supported way. */
@ExtendWith({PrintLogsOnFailure.class, SharedClusters.Extension.class})
class SubmissionE2ECase {
  private static final Path JAR = ClusterRest.JAR.toAbsolutePath().normalize();
  private static final int RECORDS = 200;

  private static KafkaCluster kafka;
  private static FlinkCluster flink;

  @TempDir private Path folder;
  private Numbers numbers;

  @BeforeAll
  static void use(SharedClusters clusters) {
    flink = clusters.flink();
    kafka = clusters.kafka();
  }

  @BeforeEach
  void sendRecords() throws Exception {
    numbers = Numbers.create(kafka, 2);
    numbers.send(0, RECORDS);
  }

  @AfterEach
  void cancelJobs() throws Exception {
    flink.cancelAll();
  }

  @Test
  void flinkRunAcceptsADefinitionByPathWithOverrides() throws Exception {
    Path definition = write(folder, numbers.tables().replace(numbers.out().name(), "elsewhere"));

    assertAccepted(
        flink.run(
            "-d",
            JAR.toString(),
            "--config",
            definition.toString(),
            "--set",
            "outputs.copies.topic=" + numbers.out().name()));
    numbers.awaitCopies(RECORDS);
  }

  @Test
  void flinkRunAcceptsADefinitionAndItsQueriesByFileSystemUri() throws Exception {
    URI definition = write(folder, numbers.tables()).toUri();

    assertAccepted(flink.run("-d", JAR.toString(), "--config", definition.toString()));
    numbers.awaitCopies(RECORDS);
  }

  @Test
  void flinkRunReadsADefinitionAndItsQueriesFromTheJar() throws Exception {
    assertAccepted(
        flink.run("-d", packed(numbers.tables()).toString(), "--config", "conf/job.yaml"));
    numbers.awaitCopies(RECORDS);
  }

  @Test
  void flinkRunFindsTheDefinitionNextToTheJar() throws Exception {
    write(folder, numbers.tables());
    Path jar = Files.copy(JAR, folder.resolve("outflow.jar"));

    assertAccepted(flink.run("-d", jar.toString()));
    numbers.awaitCopies(RECORDS);
  }

  @Test
  void flinkRunWithCheckSubmitsNothingAndReportsTheResult() throws Exception {
    String definition = write(folder, numbers.tables()).toString();
    int jobs = flink.rest().jobs().size();

    JavaCommand.Result passed = // As docs/kubernetes.md does while there is no cluster.
        flink.run("-t", "local", JAR.toString(), "--config", definition, "--check");
    JavaCommand.Result failed =
        flink.run(
            JAR.toString(),
            "--config",
            definition,
            "--set",
            "outputs.copies.topic=absent",
            "--check");

    assertThat(passed.exitCode()).as(passed.output()).isZero();
    assertThat(passed.output()).contains("outputs.copies", " steps passed, ");
    assertThat(failed.exitCode()).as(failed.output()).isEqualTo(1);
    assertThat(failed.output())
        .contains("The check failed:\noutputs.copies  topic  topic 'absent' does not exist on")
        .doesNotContain("\tat ", "Exception:");
    assertThat(flink.rest().jobs()).hasSize(jobs);
  }

  @Test
  void anUploadedJarAcceptsADefinitionByPath() throws Exception {
    Path definition = write(folder, numbers.tables());

    assertAccepted(flink.rest().run(flink.rest().upload(), "--config", definition.toString()));
    numbers.awaitCopies(RECORDS);
  }

  @Test
  void anUploadedJarReadsTheDefinitionInIt() throws Exception {
    String jar = flink.rest().upload(packed(numbers.tables()));

    assertAccepted(flink.rest().run(jar));
    numbers.awaitCopies(RECORDS);
  }

  /** The setup of docs/operate.md: jar and definition are in the cluster's usrlib/. */
  @Test
  void applicationModeRunsTheJarInUsrlib() throws Exception {
    Path home = folder.resolve("flink");
    Path usrlib = Files.createDirectories(home.resolve("usrlib"));
    Files.copy(JAR, usrlib.resolve("outflow.jar"));
    write(usrlib, numbers.tables());
    List<String> command =
        List.of(OperateManual.command("bin/standalone-job.sh start-foreground").split(" +"));

    try (FlinkCluster own =
        FlinkCluster.standaloneJob(
            home, FlinkSettings.defaults(), command.subList(2, command.size()))) {
      numbers.awaitCopies(RECORDS);
      assertThat(own.rest().jobs()).containsValue("RUNNING").hasSize(1);
    }
  }

  private static void assertAccepted(JavaCommand.Result submitted) {
    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
    assertThat(submitted.output()).containsPattern("submitted with JobID [0-9a-f]{32}");
  }

  private static void assertAccepted(JsonNode answer) {
    assertThat(answer.path("jobid").asText()).as(answer.toString()).hasSize(32);
  }

  /** Writes {@code conf/job.yaml} and the files of its query and its function. */
  private static Path write(Path home, String tables) throws IOException {
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.createDirectories(conf.resolve("queries"));
    Files.writeString(
        conf.resolve("queries/copies.sql"), "SELECT same(number) AS number FROM numbers\n");
    Files.createDirectories(conf.resolve("functions"));
    Files.writeString(conf.resolve("functions/same.js"), "function same(n) { return n; }\n");
    return Files.writeString(
        conf.resolve("job.yaml"),
        tables
            + "functions: { same: { script: functions/same.js, returns: INT } }\n"
            + "queries: { copies: queries/copies.sql }\n");
  }

  /** Returns a jar that contains {@code conf/}, like the build of a user's project. */
  private Path packed(String tables) throws IOException {
    Path jar = Files.copy(JAR, folder.resolve("packed.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
      write(inside.getPath("/"), tables);
    }
    return jar;
  }
}
