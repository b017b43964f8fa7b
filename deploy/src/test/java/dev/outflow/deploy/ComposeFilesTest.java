package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Checks docker-compose.yml without Docker; ComposeE2ECase runs it. */
class ComposeFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  private static final Pattern HOST_PORT =
      Pattern.compile("127\\.0\\.0\\.1:\\$\\{(OUTFLOW_[A-Z_]+_PORT):-(\\d+)}:\\d+");

  /** Its image has a user without privileges, whose name is not documented. */
  private static final String EMULATOR = "event-hubs";

  /** What the emulator advertises: it works on no other port. */
  private static final String EMULATOR_PORT = "127.0.0.1:9092:9092";

  private static Map<String, JsonNode> services() throws IOException {
    return ComposeFiles.read().services();
  }

  @TestFactory
  Stream<DynamicTest> everyServiceHasLimitsAndNoPrivileges() throws IOException {
    return services().entrySet().stream()
        .map(
            service ->
                DynamicTest.dynamicTest(
                    service.getKey(),
                    () -> {
                      assertBounded(service.getValue());
                      assertThat(service.getValue().path("user").asText(""))
                          .as("user")
                          .matches(service.getKey().equals(EMULATOR) ? "" : "(?!root|0(:|$)).+");
                    }));
  }

  private static void assertBounded(JsonNode service) {
    assertThat(service.path("restart").asText()).as("restart").isNotEmpty();
    JsonNode healthcheck = service.path("healthcheck");
    assertThat(healthcheck.has("test") || healthcheck.path("disable").asBoolean())
        .as("healthcheck")
        .isTrue();
    assertThat(service.at("/deploy/resources/limits").has("cpus")).as("CPU limit").isTrue();
    assertThat(service.at("/deploy/resources/limits").has("memory")).as("memory limit").isTrue();
    assertThat(service.path("cap_drop")).extracting(JsonNode::asText).containsExactly("ALL");
    assertThat(service.path("privileged").isMissingNode()).isTrue();
    assertThat(service.path("volumes"))
        .extracting(JsonNode::asText)
        .as("build output is not mounted: Docker would create a missing directory as root")
        .noneMatch(volume -> volume.contains("target"));
    assertThat(service.path("ports"))
        .extracting(JsonNode::asText)
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
  }

  @Test
  void everyImageIsPinnedAndFlinkAndKafkaMatchThePom() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String flink = "flink:" + version(pom, "flink.version") + "-java17";
    for (JsonNode service : services().values()) {
      String image = service.path("image").asText();
      switch (image.replaceFirst(":.*", "")) {
        case "outflow" -> assertThat(image).isEqualTo("outflow"); // See the Dockerfile below.
        case "flink" -> assertThat(image).isEqualTo(flink);
        case "apache/kafka" ->
            assertThat(image).isEqualTo("apache/kafka:" + version(pom, "kafka.version"));
        default -> assertThat(image).matches(".+:v?\\d+\\.\\d+\\.\\d+(\\.Final)?");
      }
    }
    assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("FROM " + flink + "\n");
  }

  @Test
  void theProjectsOwnImageIsNeverPulled() throws IOException {
    assertThat(services().values())
        .filteredOn(service -> service.path("image").asText().equals("outflow"))
        .extracting(service -> service.path("pull_policy").asText())
        .containsExactlyInAnyOrder("build", "never");
  }

  @Test
  void everyPortOnTheHostHasADocumentedVariable() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/compose.md"));
    List<String> ports = new ArrayList<>();
    for (JsonNode service : services().values()) {
      service.path("ports").forEach(port -> ports.add(port.asText()));
    }
    assertThat(ports.remove(EMULATOR_PORT)).isTrue();
    assertThat(ports)
        .isNotEmpty()
        .allSatisfy(
            port -> {
              Matcher variable = HOST_PORT.matcher(port);
              assertThat(variable.matches()).isTrue();
              assertThat(page).contains("`" + variable.group(1) + "`", variable.group(2));
            });
  }

  /** The jobs of conf run against the emulator as well: its event hubs are their topics. */
  @Test
  void emulatorHasTheTopicsOfTheJob() throws IOException {
    JsonNode emulator = services().get(EMULATOR);
    assertThat(emulator.at("/environment/ACCEPT_EULA").asText()).isEqualTo("${ACCEPT_EULA:-N}");
    assertThat(emulator.at("/volumes/0").asText()).startsWith("./event-hubs.json:");
    JsonNode namespace =
        Repository.yaml("deploy/compose/event-hubs.json").at("/UserConfig/NamespaceConfig/0");
    assertThat(namespace.path("Entities"))
        .extracting(hub -> hub.path("Name").asText())
        .containsExactlyInAnyOrderElementsOf(
            words(services().get("topics").at("/environment/TOPICS").asText()));
  }

  @Test
  void kafkaAdvertisesItsPortOnTheHost() throws IOException {
    JsonNode kafka = services().get("kafka");
    String port = kafka.at("/ports/0").asText();
    assertThat(kafka.at("/environment/KAFKA_ADVERTISED_LISTENERS").asText())
        .endsWith(",HOST://localhost:" + port.substring(10, port.lastIndexOf(':')));
  }

  private static String version(String pom, String property) {
    Matcher matcher = Pattern.compile("<" + property + ">(.*)</").matcher(pom);
    assertThat(matcher.find()).as(property).isTrue();
    return matcher.group(1);
  }

  @TestFactory
  Stream<DynamicTest> everyJobIsValidAndItsTopicsAreCreated() throws IOException {
    Map<String, JsonNode> services = services();
    List<String> topics = new ArrayList<>();
    services
        .values()
        .forEach(service -> topics.addAll(words(service.at("/environment/TOPICS").asText())));
    return services.entrySet().stream()
        .filter(service -> service.getValue().at("/environment").has("JOB"))
        .map(
            service ->
                DynamicTest.dynamicTest(
                    service.getKey(),
                    () -> {
                      ComposedJob job = job(service.getValue().at("/environment/JOB").asText());
                      assertThat(topics)
                          .containsAll(
                              job.definition().outputs().values().stream()
                                  .map(output -> output.options().get("topic"))
                                  .toList());
                      assertThat(SqlScript.of(job)).doesNotContain("localhost");
                    }));
  }

  private static List<String> words(String text) {
    return Pattern.compile("\\s+").splitAsStream(text.strip()).toList();
  }

  /** Composes a job from arguments of outflow.jar, with variables set to their defaults. */
  private static ComposedJob job(String arguments) {
    String file = "";
    List<String> sets = new ArrayList<>();
    List<String> words = words(VARIABLE.matcher(arguments).replaceAll("$1"));
    for (int i = 0; i < words.size(); i += 2) {
      if (words.get(i).equals("--config")) {
        file = ROOT.resolve(words.get(i + 1)).toString();
      } else {
        assertThat(words.get(i)).isEqualTo("--set");
        sets.add(words.get(i + 1));
      }
    }
    return JobComposer.compose(
        DefinitionReader.draft(DefinitionSource.of(file).with(sets)),
        new Configuration(),
        StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
