package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code docker-compose.yml}, run command by command as a new user does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
    value = "dev.outflow.e2e.DockerCompose#isAvailable",
    disabledReason = "no Docker engine with Compose answers on this machine")
class ComposeE2ECase {
  private static final Duration START = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofMinutes(3);
  private static final String KAFKA_PORT = "19092";
  private static final DockerCompose COMPOSE =
      new DockerCompose(
          "outflow-e2e",
          Map.of(
              "ORDERS_PER_SECOND", "500",
              "OUTFLOW_KAFKA_PORT", KAFKA_PORT,
              "OUTFLOW_UI_PORT", "18081"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String volumes;

  @BeforeAll
  static void up() throws IOException {
    volumes = COMPOSE.docker(STEP, "", "volume", "ls", "-q");
    COMPOSE.run(START, "", "up", "-d", "--wait");
  }

  @AfterAll
  static void down() throws IOException {
    COMPOSE.run(STEP, "", "down", "-v");
    String label = "label=com.docker.compose.project=" + COMPOSE.project();
    assertThat(COMPOSE.docker(STEP, "", "ps", "-aq", "--filter", label)).isEmpty();
    assertThat(COMPOSE.docker(STEP, "", "volume", "ls", "-q")).isEqualTo(volumes);
    assertThat(COMPOSE.docker(STEP, "", "network", "ls", "-q", "--filter", label)).isEmpty();
  }

  @Test
  @Order(0)
  void readmeShowsTheseCommands() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains(
            "\ndocker compose up -d --wait ",
            "\ndocker compose run --rm sql-client ",
            "\ndocker compose down -v\n");
  }

  @Test
  @Order(1)
  void sqlClientReadsTheRecordsThatTheJobWrote() throws IOException {
    String output =
        COMPOSE.run(
            START,
            """
            SET 'sql-client.execution.result-mode' = 'tableau';
            SELECT order_id, amount FROM large_orders /*+ OPTIONS('bounded' = 'true') */;
            """,
            "run",
            "--rm",
            "-T",
            "sql-client");

    assertThat(output).containsPattern("\\| \\+I \\|\\s+[0-9a-f]{8} \\|\\s+2\\d\\d\\.\\d\\d \\|");
  }

  @Test
  @Order(2)
  void writesEachLargeOrderOnceWhenTheTaskManagerIsKilledAndTheJobRestarted() throws IOException {
    int before = large("large-orders").size();
    COMPOSE.run(STEP, "", "exec", "-T", "taskmanager", "bash", "-c", "kill -9 -1");
    await("the job continues after the TaskManager was killed")
        .atMost(STEP)
        .pollInterval(Duration.ofSeconds(3))
        .until(() -> large("large-orders").size() > before + 1000);

    COMPOSE.run(STEP, "", "restart", "job");
    COMPOSE.run(STEP, "", "stop", "generator");
    Map<String, Integer> expected = large("orders");
    await("every large order was copied")
        .atMost(STEP)
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(large("large-orders")).hasSameSizeAs(expected));

    assertThat(large("large-orders")).isEqualTo(expected);
    assertThat(COMPOSE.run(STEP, "", "logs", "job"))
        .contains("Savepoint completed", "continuing from");
  }

  /** Counts the committed records of each large order in a topic. */
  private static Map<String, Integer> large(String topic) throws IOException {
    Map<String, Integer> orders = new TreeMap<>();
    for (String value : values(topic)) {
      JsonNode order = JSON.readTree(value);
      if (order.get("amount").decimalValue().compareTo(BigDecimal.valueOf(200)) >= 0) {
        orders.merge(order.get("order_id").asText(), 1, Integer::sum);
      }
    }
    return orders;
  }

  private static List<String> values(String topic) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", "localhost:" + KAFKA_PORT);
    properties.put("isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
