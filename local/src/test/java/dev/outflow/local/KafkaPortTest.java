package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.JobDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPortTest {
  private static final String JOB =
      """
      name: ports
      inputs:
        orders: { connector: kafka, bootstrap-servers: "localhost:9092", topic: a, format: json, columns: { n: INT } }
      queries: { one: SELECT n FROM orders, two: SELECT n FROM orders, three: SELECT n FROM orders }
      outputs:
        one: { bootstrap-servers: "127.0.0.1:9092", topic: b, format: json }
        two: { bootstrap-servers: "broker:9092", topic: c, format: json }
        three:
          bootstrap-servers: localhost:9093
          topic: d
          format: json
          security-protocol: sasl_plaintext
          username: user
          password: ${env:PASSWORD}
      """;

  @TempDir private Path folder;

  @Test
  void replacesAddressesThatAnEmbeddedBrokerCanServe() throws IOException {
    assertThat(new KafkaPort(19099).overrides(definition(JOB)))
        .containsExactly(
            "inputs.orders.bootstrap-servers=localhost:19099",
            "outputs.one.bootstrap-servers=localhost:19099");
  }

  @Test
  void rejectsSeveralLocalBrokers() throws IOException {
    JobDefinition job = definition(JOB.replace("broker:9092", "localhost:9094"));

    assertThatThrownBy(() -> new KafkaPort(19099).overrides(job))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the job uses several brokers on localhost (ports 9092, 9094); change them with --set");
  }

  private JobDefinition definition(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
    return DefinitionReader.draft(DefinitionSource.of(file.toString())).definition();
  }
}
