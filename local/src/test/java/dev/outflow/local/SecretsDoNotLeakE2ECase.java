package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.compose.JobBytes;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs jobs with a known secret in every place, and searches everything that a job, a cluster or
 * the launcher shows or stores. The same search must find names that are known to be there.
 */
@ExtendWith(KeyVaultExtension.class)
class SecretsDoNotLeakE2ECase {
  private static final String LITERAL_USER = KnownSecrets.value();
  private static final String LITERAL = KnownSecrets.value();
  private static final String WRONG = KnownSecrets.value();
  private static final String LITERAL_PASSWORD = "plain-text password";

  @TempDir private static Path folder;
  private static SecureKafka kafka;
  private static TestTopic arrivals;
  private static TestTopic departures;
  private static KnownSecrets secrets;
  private static SecretJobs jobs;
  private static SecretSearch search;
  private static SecretSearch control;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    vault.answer().allowAll();
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
    kafka.changeScramPassword(LITERAL_USER, LITERAL);
    arrivals = TestTopic.create(kafka.broker(), 1);
    departures = TestTopic.create(kafka.broker(), 1);
    send(arrivals, "{\"id\":\"1\"}");
    secrets =
        KnownSecrets.put(Files.createDirectory(folder.resolve("secrets")), vault, kafka, authority);
    jobs = new SecretJobs(folder, secrets, kafka, arrivals.name(), departures.name());
    Map<String, String> searched = new HashMap<>(secrets.searched());
    searched.put(LITERAL_PASSWORD, LITERAL);
    searched.put("wrong plain-text password", WRONG);
    search = new SecretSearch(searched);
    control =
        new SecretSearch(
            Map.of(
                "read", arrivals.name(), "written", departures.name(), "output", "by_environment"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void clusterCheckpointsAndLogsContainNoSecret() throws Exception {
    TestTopic unreadable = TestTopic.create(kafka.broker(), 1);
    send(unreadable, "no JSON");
    Path log = Files.createDirectory(folder.resolve("log")).resolve("flink.log");

    try (ClusterProcess flink =
        ClusterProcess.start(
            DebugJvm.of(log, secrets.vault(), kafka.tokens(), secrets.environment()))) {
      ClusterRest rest = new ClusterRest(flink.webUi());
      String jar = rest.upload();
      String job = jobId(run(rest, jar, jobs.everyPlace()));
      String literal = jobId(run(rest, jar, jobs.literal(LITERAL_USER, LITERAL)));
      String broken = jobId(run(rest, jar, jobs.broken(unreadable.name(), LITERAL_USER, LITERAL)));
      assertRejected(
          run(
              rest,
              jar,
              jobs.everyPlace(),
              "inputs.arrivals.password=" + secrets.inVault("none"),
              "outputs.by_environment.password=" + WRONG),
          "inputs.arrivals.password  secret 'none' not found in",
          "outputs.by_environment.password  %s rejected the username or password"
              .formatted(kafka.saslPlaintext()));
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          rest.json("/jobs/" + job + "/checkpoints")
                              .at("/counts/completed")
                              .asInt())
                      .as(() -> "checkpoints of " + unchecked(rest, "/jobs/" + job + "/exceptions"))
                      .isPositive());
      savepoint(rest, job);
      awaitState(rest, literal, "FINISHED");
      awaitState(rest, broken, "FAILED");

      Map<String, byte[]> answers = RestCrawl.of(rest);
      assertThat(answers.keySet())
          .anyMatch(path -> path.matches("/jobmanager/logs/flink.log"))
          .anyMatch(path -> path.matches("/taskmanagers/.*/logs/flink.log"))
          .anyMatch(path -> path.matches("/applications/.*/exceptions"));
      assertThat(text(answers, "/jobs/" + job + "/plan")).contains("by_environment");
      assertThat(text(answers, "/jobs/" + broken + "/exceptions"))
          .contains("Failed to deserialize");
      assertNoneIn(answers);
      assertThat(control.foundIn(answers.get("/jobmanager/logs/flink.log"))).isNotEmpty();
      rest.cancel(job);
      awaitState(rest, job, "CANCELED");
    }
    assertThat(Files.readString(log))
        .contains("DEBUG")
        .contains(
            "outputs.plain_text.password  is a plain-text secret and becomes part of the job graph");
    for (String place : List.of("log", "checkpoints", "savepoints")) {
      Map<String, byte[]> files = files(folder.resolve(place));
      assertNoneIn(files);
      assertThat(files.values()).as(place).anyMatch(file -> !control.foundIn(file).isEmpty());
    }
  }

  @Test
  void plansAndJobGraphsContainNoSecretUnlessItIsPlainText() throws Exception {
    Map<String, byte[]> referring = job(jobs.everyPlace());
    assertNoneIn(referring);
    referring.forEach((what, bytes) -> assertThat(control.foundIn(bytes)).as(what).isNotEmpty());

    job(jobs.literal(LITERAL_USER, LITERAL))
        .forEach(
            (what, bytes) ->
                assertThat(search.foundIn(bytes))
                    .as(what)
                    .isEqualTo(
                        what.endsWith("graph")
                            ? Set.of(LITERAL_PASSWORD + " as plain text")
                            : Set.of()));
  }

  @Test
  void launcherPrintsAndLogsNoSecret() throws Exception {
    Path log = folder.resolve("launcher.log");
    Path output = folder.resolve("launcher.out");
    String filePassword = secrets.searched().get("password in a properties file");
    Process launcher =
        DebugJvm.of(log, secrets.vault(), kafka.tokens(), secrets.environment())
            .running(
                Outflow.class.getName(),
                List.of("target/classes", "target/lib/*"),
                "run",
                jobs.everyPlace().toString(),
                "--set",
                "outputs.by_environment.password=" + filePassword)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readString(output))
                      .contains("Warning: --set outputs.by_environment.password")
                      .contains("by_certificate  {\"id\":")
                      .contains("by_token  {\"id\":")
                      .contains("by_whole_file  {\"id\":")
                      .contains("by_environment  {\"id\":"));
      launcher.destroy();
      assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      launcher.destroyForcibly();
    }

    assertNoneIn(Map.of("output", Files.readAllBytes(output), "log", Files.readAllBytes(log)));
    assertThat(control.foundIn(Files.readAllBytes(log))).isNotEmpty();
  }

  private static String unchecked(ClusterRest rest, String path) {
    try {
      return rest.json(path).toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static JsonNode run(ClusterRest rest, String jar, Path job, String... sets)
      throws Exception {
    Stream<String> arguments =
        Stream.concat(
            Stream.of("--config", job.toString()),
            Stream.of(sets).flatMap(set -> Stream.of("--set", set)));
    return rest.run(jar, arguments.toArray(String[]::new));
  }

  private static String jobId(JsonNode answer) {
    assertThat(answer.path("jobid").asText()).as(answer.toString()).hasSize(32);
    return answer.path("jobid").asText();
  }

  private static void assertRejected(JsonNode answer, String... messages) {
    assertThat(answer.path("errors").toString()).contains(messages);
    assertThat(search.foundIn(answer.toString())).isEmpty();
  }

  private static void savepoint(ClusterRest rest, String job) throws Exception {
    String savepoints = "/jobs/" + job + "/savepoints";
    String request =
        rest.post(
                savepoints,
                Map.of("target-directory", folder.resolve("savepoints").toUri().toString()))
            .path("request-id")
            .asText();
    await()
        .untilAsserted(
            () ->
                assertThat(rest.json(savepoints + "/" + request).at("/operation/location").asText())
                    .isNotEmpty());
  }

  private static void awaitState(ClusterRest rest, String job, String state) {
    await()
        .untilAsserted(
            () -> assertThat(rest.json("/jobs/" + job).path("state").asText()).isEqualTo(state));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static void assertNoneIn(Map<String, byte[]> places) {
    Map<String, TreeSet<String>> found = new HashMap<>();
    places.forEach((place, bytes) -> found.put(place, search.foundIn(bytes)));
    found.values().removeIf(TreeSet::isEmpty);
    assertThat(found).isEmpty();
  }

  private static Map<String, byte[]> job(Path file) throws Exception {
    return JobBytes.of(DefinitionReader.draft(DefinitionSource.of(file.toString())));
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static String text(Map<String, byte[]> answers, String path) {
    return new String(answers.get(path), UTF_8);
  }

  private static void send(TestTopic to, String value) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", to.kafka().bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(to.name(), value)).get();
    }
  }
}
