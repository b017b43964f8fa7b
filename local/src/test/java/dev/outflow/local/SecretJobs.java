package dev.outflow.local;

import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.SecureKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Definitions of jobs that authenticate to a secured Kafka with {@link KnownSecrets}.
 *
 * @param folder for definitions, checkpoints and savepoints
 * @param arrivals the input topic, except of the broken job
 * @param departures the topic of all outputs
 */
record SecretJobs(
    Path folder, KnownSecrets secrets, SecureKafka kafka, String arrivals, String departures) {
  private static final String INPUT =
      """
      name: %s
      inputs:
        arrivals:
          connector: kafka
          bootstrap-servers: %s
          topic: %s
          start: earliest
          format: json
          columns: { id: STRING }
          security-protocol: sasl_ssl
          sasl-mechanism: SCRAM-SHA-512
          username: %s
          password: %s
          truststore-certificates: ca
          key-vault-name: %s
          key-vault-credential: managed-identity
      """;

  private static final String LITERAL_OUTPUT =
      """
      outputs:
        plain_text:
          bootstrap-servers: %s
          topic: %s
          format: json
          security-protocol: sasl_plaintext
          sasl-mechanism: SCRAM-SHA-256
          username: %s
          password: "%s"
      """;

  /** Uses every place of a secret; unbounded. */
  Path everyPlace() throws IOException {
    return write(
        "every-place.yaml",
        input("every-place", arrivals)
            + """
              queries:
                by_certificate: SELECT id FROM arrivals
                by_whole_file: SELECT id FROM arrivals
                by_environment: SELECT id FROM arrivals
                by_token: SELECT id FROM arrivals
              outputs:
                by_certificate:
                  bootstrap-servers: %1$s
                  topic: %4$s
                  format: json
                  security-protocol: mtls
                  truststore-certificates: ca
                  keystore-certificate-chain: client
                  keystore-key: client-key
                  keystore-key-password: client-key-password
                  key-vault-name: %5$s
                  key-vault-credential: managed-identity
                by_whole_file:
                  bootstrap-servers: %2$s
                  topic: %4$s
                  format: json
                  security-protocol: sasl_plaintext
                  username: %6$s
                  password: ${dir:%3$s:password}
                by_environment:
                  bootstrap-servers: %2$s
                  topic: %4$s
                  format: json
                  security-protocol: sasl_plaintext
                  sasl-mechanism: SCRAM-SHA-256
                  username: ${env:OUTFLOW_USER}
                  password: ${file:%3$s/passwords.properties:password}
                  kafka.test.secret: ${env:OUTFLOW_PROPERTY}
                by_token:
                  bootstrap-servers: %8$s
                  topic: %4$s
                  format: json
                  security-protocol: sasl_ssl
                  sasl-mechanism: OAUTHBEARER
                  oauth-token-endpoint: %9$s
                  username: %10$s
                  password: %11$s
                  truststore-certificates: ca
                  key-vault-name: %5$s
                  key-vault-credential: managed-identity
              flink:
                execution.checkpointing.interval: 500 ms
                execution.checkpointing.dir: %7$s
                execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
              """
                .formatted(
                    kafka.mtls(),
                    kafka.saslPlaintext(),
                    secrets.folder(),
                    departures,
                    secrets.vault().url(),
                    SecureKafka.USER,
                    folder.resolve("checkpoints").toUri(),
                    kafka.saslSsl(),
                    kafka.tokens().tokenEndpoint(),
                    FakeTokenIssuer.CLIENT_ID,
                    secrets.inVault("client-secret")));
  }

  /** Uses a plain-text password; bounded. */
  Path literal(String user, String password) throws IOException {
    return write(
        "literal.yaml",
        """
        name: literal
        queries: { plain_text: "SELECT 'literally' AS id" }
        """
            + LITERAL_OUTPUT.formatted(kafka.saslPlaintext(), departures, user, password));
  }

  /** Also reads a topic with malformed records, and fails. */
  Path broken(String brokenTopic, String user, String password) throws IOException {
    return write(
        "broken.yaml",
        input("broken", brokenTopic)
            + "queries: { plain_text: SELECT id FROM arrivals }\n"
            + LITERAL_OUTPUT.formatted(kafka.saslPlaintext(), departures, user, password)
            + "flink: { restart-strategy.type: none }\n");
  }

  private String input(String name, String read) {
    return INPUT.formatted(
        name,
        kafka.saslSsl(),
        read,
        secrets.inVault("user"),
        secrets.inVault("password"),
        secrets.vault().url());
  }

  private Path write(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }
}
