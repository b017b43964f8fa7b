package dev.outflow.kafka.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers with the same job and table names do not fence each other. */
@ExtendWith(KafkaExtension.class)
class SameNameITCase {
  private static final int RECORDS = 1_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private final EmbeddedKafka kafka;

  SameNameITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void twoJobsOfOneNameWriteConcurrently() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);

    TableResult first = tables(topic).from("generated").executeInsert("numbers");
    TableResult second = tables(topic).from("generated").executeInsert("numbers");
    first.await(1, TimeUnit.MINUTES);
    second.await(1, TimeUnit.MINUTES);

    assertThat(numbers(topic)).containsExactlyElementsOf(twice());
  }

  @Test
  void twoInsertsIntoOneTableWriteConcurrently() throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    StreamTableEnvironment tables = tables(topic);
    StatementSet statements = tables.createStatementSet();
    statements.addInsert("numbers", tables.from("generated"));
    statements.addInsert("numbers", tables.from("generated").as("m"));

    statements.execute().await(1, TimeUnit.MINUTES);

    assertThat(numbers(topic)).containsExactlyElementsOf(twice());
  }

  /** Without restarts, so that a fenced job fails. */
  private StreamTableEnvironment tables(TestTopic topic) {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.getConfig().set("restart-strategy.type", "none");
    tables.executeSql(
        "CREATE TEMPORARY TABLE generated (n BIGINT) WITH ('connector' = 'datagen',"
            + " 'rows-per-second' = '250', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
            + " 'fields.n.end' = '%d')".formatted(RECORDS));
    tables.executeSql(
        "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'kafka-output',"
            + " 'bootstrap-servers' = '%s', 'topic' = '%s', 'format' = 'csv')"
                .formatted(kafka.bootstrapServers(), topic.name()));
    return tables;
  }

  private static List<Integer> numbers(TestTopic topic) {
    return topic.settled().stream()
        .map(record -> Integer.valueOf(new String(record.value(), UTF_8)))
        .sorted()
        .toList();
  }

  private static List<Integer> twice() {
    return IntStream.rangeClosed(1, RECORDS).boxed().flatMap(n -> List.of(n, n).stream()).toList();
  }
}
