package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.input.KafkaInput;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.sasl.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain-text secrets in job.yaml: each is named in a warning and shown nowhere. */
class SecretsInMessagesTest {
  private static final String LITERAL = KnownSecrets.value();
  private static final String TOPIC = "topic-of-the-test";
  private static final String JOB =
      """
      name: literal
      inputs:
        arrivals:
          connector: kafka
          bootstrap-servers: localhost:9
          topic: topic-of-the-test
          format: json
          columns: { id: STRING }
          security-protocol: sasl_ssl
          username: somebody
          password: "SECRET"
      queries: { departures: SELECT id FROM arrivals }
      outputs:
        departures:
          bootstrap-servers: localhost:9
          topic: topic-of-the-test
          format: json
          security-protocol: sasl_plaintext
          username: somebody
          password: "SECRET"
          kafka.test.secret: "SECRET"
      flink: { s3.secret-key: "SECRET" }
      """;

  private final SecretSearch search = new SecretSearch(Map.of("secret", LITERAL));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void ddlRedactsSecretsAndWarnsAboutThem() throws IOException {
    assertThat(outflow("ddl", write(JOB))).isZero();

    assertThat(out.toString())
        .contains(
            TOPIC,
            "'password' = '******'",
            "'kafka.test.secret' = '******'",
            "SET 's3.secret-key' = '******'");
    assertThat(err.toString())
        .contains(
            "inputs.arrivals.password  is a plain-text secret and becomes part of the job graph",
            "outputs.departures.password  is a plain-text secret and becomes part of the job graph",
            "outputs.departures.kafka.test.secret  is a plain-text secret and becomes part of the job graph");
    assertNotShown();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security-protocol: mtls",
        "security-protocol: sasl_tls",
        "sasl-mechanism: OAUTHBEARER",
        "passwort: 'SECRET'",
        "password: [ 'SECRET' ]",
        "password: { plain: 'SECRET' }",
        "password: 'SECRET",
        "password: @SECRET",
        "password: 'SECRET' 'again'",
        "kafka.sasl.jaas.config: 'org.apache.Module required password=\"SECRET\";'",
        "kafka.ssl.keystore.password: 'SECRET'",
        "kafka: { sasl.login.callback.handler.class: none, ssl.key.password: 'SECRET' }",
        "kafka.sasl.login.connect.timeout.ms: 'SECRET'",
        "keystore-key: 'SECRET'",
        "truststore-password: 'SECRET'",
        "oauth-token-endpoint: 'SECRET'",
        "partition-key: [ missing ]",
        "format: 'none'"
      })
  void noMessageShowsASecret(String mistake) throws IOException {
    String key = mistake.substring(0, mistake.indexOf(':'));
    String wrong =
        JOB.replaceAll("(?s)(outputs:.*)\\n    %s: [^\\n]*".formatted(key), "$1")
            .replace("flink:", "    " + mistake + "\nflink:");

    assertThat(outflow("ddl", write(wrong))).isNotZero();

    assertThat(err.toString()).contains("job.yaml:");
    assertNotShown();
  }

  @Test
  void noMessageShowsASecretFromTheCommandLine() throws IOException {
    String job = write(JOB);

    for (String path :
        List.of("outputs.departures.passwort", "outputs.none.password", "password")) {
      assertThat(outflow("ddl", job, "--set", path + "=" + LITERAL)).isNotZero();
    }
    assertThat(outflow("ddl", job, "--set", "outputs.departures.password:" + LITERAL)).isNotZero();
    assertNotShown();
  }

  @Test
  void noToStringShowsASecret() throws IOException {
    Draft draft = DefinitionReader.draft(DefinitionSource.of(write(JOB)));
    JobDefinition definition = draft.definition();
    ComposedJob job =
        JobComposer.compose(
            draft, new Configuration(), StreamExecutionEnvironment::getExecutionEnvironment);
    KafkaInput input = KafkaInput.of(definition.inputs().get("arrivals").options(), "in");
    KafkaOutput output = KafkaOutput.of(definition.outputs().get("departures").options(), "out");

    List<Object> records =
        List.of(
            definition,
            definition.inputs(),
            definition.outputs(),
            job,
            job.warnings(),
            input,
            output,
            input.connection(),
            output.connection(),
            input.connection().security(),
            output.connection().security(),
            new Credentials(LITERAL, LITERAL));
    assertThat(records)
        .allSatisfy(object -> assertThat(search.foundIn(object.toString())).isEmpty());
    assertThat(job.secretWarnings())
        .extracting(warning -> warning.property())
        .containsExactly(
            "inputs.arrivals.password",
            "outputs.departures.password",
            "outputs.departures.kafka.test.secret",
            "flink.s3.secret-key");
  }

  private void assertNotShown() {
    assertThat(search.foundIn(out.toString() + err)).as(err.toString()).isEmpty();
  }

  private String write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), yaml.replace("SECRET", LITERAL))
        .toString();
  }

  private int outflow(String... args) {
    return Outflow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
