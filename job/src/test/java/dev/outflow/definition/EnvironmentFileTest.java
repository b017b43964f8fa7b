package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFileTest {
  private static final String JOB =
      """
      name: orders
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:9092
          topic: orders
          format: json
          username: alice
          kafka.client.rack: a
          columns: {id: INT}
      queries:
        large_orders: SELECT id FROM orders
      outputs:
        large_orders:
          bootstrap-servers: localhost:9092
          topic: large-orders
          format: json
          kafka: {linger.ms: 5}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeJob() throws IOException {
    Files.writeString(folder.resolve("job.yaml"), JOB);
  }

  @Test
  void replacesWhatTheEnvironmentSetsAndKeepsTheRest() throws IOException {
    JobDefinition job =
        read("""
                inputs:
                  orders:
                    bootstrap-servers: kafka.example.com:9093
                    kafka: {client.rack: b}
                outputs:
                  large_orders:
                    kafka.linger.ms: 20
                flink:
                  parallelism.default: 4
                """)
            .orElseThrow();

    assertThat(job.inputs().get("orders").options())
        .containsEntry("bootstrap-servers", "kafka.example.com:9093")
        .containsEntry("kafka.client.rack", "b")
        .containsEntry("topic", "orders");
    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("kafka.linger.ms", "20")
        .containsEntry("topic", "large-orders");
    assertThat(job.flink()).containsEntry("parallelism.default", "4");
  }

  @Test
  void removesPropertyWithoutValue() throws IOException {
    JobDefinition job = read("inputs: {orders: {username: }}").orElseThrow();

    assertThat(job.inputs().get("orders").options()).doesNotContainKey("username");
  }

  @Test
  void locatesPropertiesInTheFileThatSetThem() throws IOException {
    JobDefinition job = read("inputs:\n  orders:\n    topic: other").orElseThrow();

    assertThat(job.locations().apply("inputs.orders.topic"))
        .hasToString(folder.resolve("job.prod.yaml") + ":3:5");
    assertThat(job.locations().apply("inputs.orders.format"))
        .hasToString(folder.resolve("job.yaml") + ":7:5");
  }

  @Test
  void letsSetOverrideTheEnvironment() throws IOException {
    JobDefinition job = read("name: prod", "name=other").orElseThrow();

    assertThat(job.name()).isEqualTo("other");
  }

  @Test
  void reportsMistakesOfBothFilesAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"), JOB.replace("connector: kafka", "connectr: kafka"));

    assertThat(read("outputs:\n  large_order: {topic: a}\nflnk: {}").problems())
        .extracting(
            problem -> problem.location() + "  " + problem.property() + "  " + problem.message())
        .map(text -> text.replace(folder + "/", ""))
        .anyMatch(text -> text.startsWith("job.yaml:3:3  inputs.orders.connector  is required"))
        .anyMatch(
            text ->
                text.startsWith(
                    "job.prod.yaml:2:17  outputs.large_order  unknown output; did you mean 'large_orders'?"))
        .anyMatch(text -> text.startsWith("job.prod.yaml:3:1  flnk  "));
  }

  @Test
  void acceptsEmptyFile() throws IOException {
    assertThat(read("# as in job.yaml").orElseThrow().name()).isEqualTo("orders");
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThat(rejected("prod").get(0))
        .hasToString(
            "--env prod  file not found: %s; create it with the properties that differ in prod"
                .formatted(folder.resolve("job.prod.yaml")));
  }

  @Test
  void rejectsPathAsEnvironment() {
    assertThat(rejected("../prod").get(0).message())
        .startsWith("is not a valid environment; expected letters, digits");
  }

  @Test
  void rejectsFileThatIsNotMap() throws IOException {
    Files.writeString(folder.resolve("job.prod.yaml"), "- a");

    assertThat(rejected("prod").get(0).message()).startsWith("is not a part of a job definition");
  }

  private Draft read(String environment, String... sets) throws IOException {
    Files.writeString(folder.resolve("job.prod.yaml"), environment);
    return DefinitionReader.draft(source("prod").with(List.of(sets)));
  }

  private List<Problem> rejected(String environment) {
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> DefinitionReader.draft(source(environment)))
        .problems();
  }

  private DefinitionSource source(String environment) {
    return new DefinitionSource(
        folder.resolve("job.yaml").toString(), Optional.of(environment), List.of());
  }
}
