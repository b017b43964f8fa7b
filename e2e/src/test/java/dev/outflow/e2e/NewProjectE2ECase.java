package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated project, built by real Maven and submitted to a real cluster. Outflow is installed in
 * a temporary local repository with links to the user's own.
 */
@ExtendWith(SharedClusters.Extension.class)
class NewProjectE2ECase {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = HOME.resolve("docs/transform.md");
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?s)mvn archetype:generate.*?(?=\\n[^ ]|\\n```)");

  /** Short builds are faster without the second compiler and without threads for collections. */
  private static final String MAVEN_OPTS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dmaven.repo.local=";

  @TempDir private static Path folder;

  @BeforeAll
  static void installOutflow() throws IOException {
    LocalMavenRepository.create(folder.resolve("repository"), HOME);
  }

  /** In a clone of Outflow, which Maven would take for the project's parent. */
  @Test
  void newProjectBuildsInsideACloneAndLeavesTheCloneUnchanged(SharedClusters clusters)
      throws Exception {
    Path clone = Files.createDirectory(folder.resolve("clone"));
    Files.copy(HOME.resolve("pom.xml"), clone.resolve("pom.xml"));
    Path project = clone.resolve("my-job");

    String command = "./outflow new my-job --group-id org.acme --package org.acme.orders";
    assertThat(Files.readString(PAGE)).contains("\n" + command + "\n");

    String created = run(clone, command.replace("./", HOME + "/"));
    assertThat(created)
        .startsWith("Created my-job.")
        .contains("cd my-job", "mvn verify")
        .doesNotContain("\u001B");
    assertThat(clone.resolve("pom.xml")).hasSameBinaryContentAs(HOME.resolve("pom.xml"));
    assertThat(clone.toFile().list()).containsExactlyInAnyOrder("pom.xml", "my-job");
    assertThat(Files.readString(project.resolve("pom.xml"))).doesNotContain("<parent>");
    assertThat(project.resolve(".gitignore")).exists();
    assertThat(project.resolve(".github/workflows/ci.yml")).exists();
    assertThat(project.resolve("conf/job.schema.json")).exists();
    assertThat(Files.readString(project.resolve("conf/job.yaml"))).contains("name: my-job");
    assertThat(project.resolve("src/main/java/org/acme/orders/DistinctOrders.java")).exists();

    String built = run(project, "mvn -B -ntp -Dstyle.color=never verify");
    assertThat(built).contains("Tests run: 2, Failures: 0, Errors: 0", "BUILD SUCCESS");
    assertThat(entries(project.resolve("target/my-job.jar")))
        .contains(
            "org/acme/orders/DistinctOrders.class",
            "dev/outflow/job/StreamingJob.class",
            "org/apache/flink/connector/kafka/sink/KafkaSink.class")
        .doesNotContain(
            "org/apache/flink/streaming/api/datastream/DataStream.class",
            "org/apache/flink/table/api/Table.class",
            "dev/outflow/testing/TransformationTester.class",
            "org/slf4j/Logger.class");
    assertRunsOnACluster(project, clusters.flink(), clusters.kafka());
  }

  /** Runs the job in Java, which needs a class of the project's own. */
  private static void assertRunsOnACluster(Path project, FlinkCluster flink, KafkaCluster kafka)
      throws Exception {
    TestTopic orders = TestTopic.create(kafka, 1);
    TestTopic distinct = TestTopic.create(kafka, 1);
    String broker = kafka.bootstrapServers();

    JavaCommand.Result submitted =
        flink.run(
            "-d",
            project.resolve("target/my-job.jar").toString(),
            "--config",
            project.resolve("conf/distinct-orders.yaml").toString(),
            "--set",
            "inputs.orders.bootstrap-servers=" + broker,
            "--set",
            "inputs.orders.topic=" + orders.name(),
            "--set",
            "outputs.distinct_orders.bootstrap-servers=" + broker,
            "--set",
            "outputs.distinct_orders.topic=" + distinct.name());

    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
    Await.until(
        "the job runs",
        Duration.ofMinutes(1),
        JavaProcess.started(),
        () -> flink.rest().jobs().containsValue("RUNNING"));
    flink.cancelAll();
    assertCreatesAProjectFromATopic(kafka);
  }

  /** As documented, except for the names of the brokers and the topic. */
  private static void assertCreatesAProjectFromATopic(KafkaCluster kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < 30; number++) {
        String order =
            "{\"id\": \"%d\", \"placed_at\": \"2026-11-24T10:00:%02dZ\"}".formatted(number, number);
        producer.send(new ProducerRecord<>(topic.name(), order.getBytes(UTF_8))).get();
      }
    }
    Path parent = Files.createDirectory(folder.resolve("from"));
    String command = "./outflow new shop --from broker:9092/shop-orders";
    assertThat(Files.readString(HOME.resolve("docs/develop.md"))).contains("\n" + command + "\n");

    String created =
        run(
            parent,
            command
                .replace("./", HOME + "/")
                .replace("broker:9092/shop-orders", kafka.bootstrapServers() + "/" + topic.name()));
    Path project = parent.resolve("shop");
    assertThat(created).contains("Created shop, whose job reads '%s'".formatted(topic.name()));
    assertThat(files(project).keySet())
        .contains(
            "conf/job.yaml",
            "conf/job.cluster.yaml",
            "conf/generator.yaml",
            "conf/tests/sample/expected/shop.jsonl",
            ".vscode/tasks.json",
            "src/test/java/com/example/JobCasesTest.java")
        .noneMatch(file -> file.contains("istinct") || file.contains("large"));
    assertThat(run(project, "./outflow test")).contains("1 case passed");
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic("shop", 1, (short) 1))).all().get();
    }
    assertThat(run(project, "./outflow check --env cluster")).contains(kafka.bootstrapServers());
  }

  @Test
  void documentedMavenCommandGeneratesTheSameProject() throws Exception {
    Matcher documented = DOCUMENTED.matcher(Files.readString(PAGE));
    assertThat(documented.find()).isTrue();
    Path byMaven = Files.createDirectory(folder.resolve("by-maven"));
    Path byOutflow = Files.createDirectory(folder.resolve("by-outflow"));

    run(byMaven, documented.group());
    run(byOutflow, HOME + "/outflow new my-job");

    assertThat(files(byMaven)).isEqualTo(files(byOutflow)).isNotEmpty();
  }

  @Test
  void rejectsAnExistingDirectoryAndLeavesItUnchanged() throws Exception {
    Path there = Files.createDirectories(folder.resolve("there/my-job")).getParent();

    Process process = start(there, HOME + "/outflow new my-job");

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(output(there)))
        .startsWith("'my-job' already exists; choose another name\n");
    assertThat(files(there)).isEmpty();
  }

  private static String run(Path directory, String command) throws Exception {
    Process process = start(directory, command);
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    String output = Files.readString(output(directory));
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static Process start(Path directory, String command) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder("bash", "-c", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output(directory).toFile());
    process.environment().put("OUTFLOW_HOME", HOME.toString());
    process.environment().put("MAVEN_OPTS", MAVEN_OPTS + folder.resolve("repository"));
    return process.start();
  }

  private static Path output(Path directory) {
    return folder.resolve(directory.getFileName() + ".output");
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.stream().map(entry -> entry.getName()).toList();
    }
  }
}
