package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow check}: its output and exit codes. */
@ExtendWith(KafkaExtension.class)
class CheckCommandITCase {
  private static final String JOB =
      """
      name: numbers
      inputs:
        made: { connector: datagen, columns: { n: INT } }
      queries: { numbers: SELECT n FROM made }
      outputs:
        numbers:
          bootstrap-servers: BROKER
          topic: TOPIC
          format: json
      """;

  private final OutflowCommand outflow = new OutflowCommand();
  @TempDir private Path folder;

  @Test
  void passesAJobThatCanStart(EmbeddedKafka kafka) throws Exception {
    String topic = TestTopic.create(kafka, 3).name();
    String job = write(JOB.replace("BROKER", kafka.bootstrapServers()).replace("TOPIC", topic));

    assertThat(outflow.run("check", job)).as(outflow.out()).isZero();
    assertThat(outflow.out())
        .contains("job  " + job)
        .containsPattern("ok +\\S+ m?s  definition    numbers: 1 input, 1 output\n")
        .contains("inputs.made  connector datagen\n")
        .contains("outputs.numbers  %s on %s, none\n".formatted(topic, kafka.bootstrapServers()))
        .contains("'%s' has 3 partitions, replication factor 1".formatted(topic))
        .containsPattern("\nAll \\d+ steps passed, 0 warnings, 1 not tried; ")
        .doesNotContain("FAILED");
    assertThat(outflow.err()).isEmpty();
  }

  @Test
  void reportsAFailedStepAtItsPropertyAndCreatesNothing(EmbeddedKafka kafka) throws Exception {
    String job =
        write(JOB.replace("BROKER", kafka.bootstrapServers()).replace("TOPIC", "never-made"));

    for (int time = 0; time < 2; time++) {
      assertThat(outflow.run("check", job)).isEqualTo(1);
      assertThat(outflow.out())
          .containsPattern("FAILED +\\S+ m?s  topic         topic 'never-made' does not exist on")
          .contains(job + ":8:5  outputs.numbers.topic\n")
          .contains("leaders, write, transactions, downtime, settings, replicas")
          .contains("not tried: topic failed")
          .contains("1 of ");
    }
  }

  @Test
  void printsOneJsonDocumentForTools(EmbeddedKafka kafka) throws Exception {
    String job =
        write(JOB.replace("BROKER", kafka.bootstrapServers()).replace("TOPIC", "never-made"));

    assertThat(outflow.run("check", "--json", job)).isEqualTo(1);
    JsonNode document = new ObjectMapper().readTree(outflow.out());
    assertThat(document.path("outcome").asText()).isEqualTo("failed");
    assertThat(document.path("targets").findValuesAsText("target"))
        .containsExactly("job", "inputs.made", "outputs.numbers");
    JsonNode failed = document.path("targets").path(2).path("steps");
    assertThat(failed.findValuesAsText("property")).containsExactly("outputs.numbers.topic");
    assertThat(failed.findValuesAsText("place")).containsExactly(job + ":8:5");
  }

  @Test
  void exitsWithTwoForAnInvalidDefinitionOrCommandLine() throws Exception {
    String job = write(JOB.replace("format: json", "fromat: json"));

    assertThat(outflow.run("check", job)).isEqualTo(2);
    assertThat(outflow.out())
        .containsPattern("FAILED +\\S+ m?s  definition    unknown key; did you mean 'format'\\?")
        .contains(job + ":9:5  outputs.numbers.fromat");
    assertThat(outflow.run("check", job, "--json")).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(outflow.out()).path("exit_code").asInt()).isEqualTo(2);
    assertThat(outflow.run("check", job, "--jsno")).isEqualTo(2);
    assertThat(outflow.err()).contains("Unknown option: '--jsno'").contains("--json");
  }

  private String write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), yaml).toString();
  }
}
