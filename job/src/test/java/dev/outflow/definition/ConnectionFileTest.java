package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
  @TempDir private Path folder;

  @Test
  void readsNestedOptionsAndReferences() throws IOException {
    ConnectionFile connection =
        ConnectionFile.read(
            write("security-protocol: sasl_ssl\npassword: ${env:P}\nkafka: { client.rack: a }\n"));

    assertThat(connection.options())
        .containsEntry("security-protocol", "sasl_ssl")
        .containsEntry("password", "${env:P}")
        .containsEntry("kafka.client.rack", "a");
    assertThat(connection.toString()).doesNotContain("env:P");
    assertThat(ConnectionFile.read(write("# nothing\n")).options()).isEmpty();
  }

  @Test
  void rejectsSecretsPropertiesOfTheTopicAndUnknownKeysAtOnce() throws IOException {
    assertThat(problems("password: secret-word\ntopic: other\nsecurity-protcol: sasl_ssl\n"))
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .contains(
                        "connection.yaml:1:1  password  must be a reference, e.g. ${env:NAME}"),
            problem ->
                assertThat(problem)
                    .endsWith("connection.yaml:2:1  topic  is not part of a connection; remove it"),
            problem ->
                assertThat(problem)
                    .endsWith(
                        "connection.yaml:3:1  security-protcol  unknown key; did you mean 'security-protocol'?"))
        .noneMatch(problem -> problem.contains("secret-word"));
  }

  @Test
  void rejectsOtherFiles() throws IOException {
    assertThat(problems("- sasl_ssl\n"))
        .singleElement()
        .asString()
        .endsWith("is not a connection; expected a map with keys such as 'security-protocol'");
    Files.delete(folder.resolve("connection.yaml"));
    assertThat(
            catchThrowableOfType(
                    InvalidDefinitionException.class,
                    () -> ConnectionFile.read(folder.resolve("connection.yaml").toString()))
                .problems())
        .singleElement()
        .asString()
        .contains("file not found");
  }

  private List<String> problems(String text) throws IOException {
    String file = write(text);
    return catchThrowableOfType(InvalidDefinitionException.class, () -> ConnectionFile.read(file))
        .problems()
        .stream()
        .sorted()
        .map(Problem::toString)
        .toList();
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("connection.yaml"), text).toString();
  }
}
