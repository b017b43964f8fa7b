package dev.outflow.kafka.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.output.KafkaOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References in options are resolved once, wherever they are resolved. */
class ResolvedOptionsTest {
  private static final String DIFFICULT = "${env:HOME} $1 \"'\\n=;ü${dir:a:b}";

  @TempDir private Path folder;

  @Test
  void resolvesOptionsForPlanningOnce() {
    Map<String, String> options =
        Map.of(
            "topic", file("topic", "orders"),
            "transactional-id-prefix", "a-" + file("prefix", DIFFICULT),
            "password", file("password", DIFFICULT));

    assertThat(ResolvedOptions.of(options).orThrow())
        .containsEntry("topic", "orders")
        .containsEntry("transactional-id-prefix", "a-" + DIFFICULT)
        .containsEntry("password", options.get("password"));
  }

  @Test
  void doesNotResolveResolvedOptionsAgain() {
    Map<String, String> options =
        Map.of(
            "bootstrap-servers",
            "localhost:9092",
            "topic",
            "orders",
            "transactional-id-prefix",
            file("prefix", DIFFICULT),
            "kafka.client.id",
            "rack " + file("rack", DIFFICULT));
    KafkaOutput output = KafkaOutput.of(options, "name");
    KafkaConnection connection = output.connection();

    assertThat(output.transactionalIdPrefix()).isEqualTo(DIFFICULT);
    assertThat(admin(connection).getString("client.id")).isEqualTo("rack " + DIFFICULT);
    assertThat(admin(connection).originals()).containsEntry("group.id", DIFFICULT);
  }

  /** Kafka's view of the properties, with one that was resolved at planning. */
  private static AdminClientConfig admin(KafkaConnection connection) {
    return new AdminClientConfig(
        new HashMap<>(connection.clientProperties(Map.of("group.id", DIFFICULT))));
  }

  private String file(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return "${dir:%s:%s}".formatted(folder, name);
  }
}
