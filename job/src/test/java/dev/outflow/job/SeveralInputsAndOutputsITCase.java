package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs a realistic bounded job against a real broker. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class SeveralInputsAndOutputsITCase {

  @Test
  void runsTwoInputsAViewAndTwoOutputsAsOneJob(EmbeddedKafka kafka, @TempDir Path folder)
      throws Exception {
    TestTopic web = TestTopic.create(kafka, 1);
    TestTopic shop = TestTopic.create(kafka, 1);
    TestTopic sales = TestTopic.create(kafka, 1);
    TestTopic large = TestTopic.create(kafka, 1);
    TestTopic bad = TestTopic.create(kafka, 1);
    web.send("{\"id\": \"w1\", \"amount\": 5, \"at\": \"2026-11-23T10:00:00Z\"}");
    web.send("{\"id\": \"w2\", \"amount\": 500, \"at\": \"2026-11-23T10:00:01Z\"}");
    shop.send("s1;700");
    shop.send("s2;many");

    Definitions.compose(
            Definitions.read(
                folder,
                """
                name: sales
                inputs:
                  web:
                    connector: kafka
                    bootstrap-servers: %1$s
                    topic: %2$s
                    bounded: true
                    format: json
                    columns: { id: STRING, amount: INT, at: TIMESTAMP_LTZ(3) }
                    event-time: { column: at, out-of-order: 1 s }
                  shop:
                    connector: kafka
                    bootstrap-servers: %1$s
                    topic: %3$s
                    bounded: true
                    format: csv
                    csv: { field-delimiter: ";" }
                    on-error: dead-letter
                    dead-letter-topic: %6$s
                    columns:
                      id: STRING
                      amount: INT
                      arrival: TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
                      doubled: AS amount * 2
                queries:
                  everything: SELECT id, amount FROM web UNION ALL SELECT id, doubled FROM shop
                  large: SELECT id FROM everything WHERE amount >= 500
                  sales: SELECT id, amount, `at`, '' AS note, ARRAY['', id] AS tags FROM web
                outputs:
                  sales: { bootstrap-servers: "%1$s", topic: %4$s, format: json }
                  large: { bootstrap-servers: "%1$s", topic: %5$s, format: csv, partition-key: id }
                flink: { execution.checkpointing.interval: 200 ms }
                """
                    .formatted(
                        kafka.bootstrapServers(),
                        web.name(),
                        shop.name(),
                        sales.name(),
                        large.name(),
                        bad.name())))
        .submit()
        .getJobExecutionResult()
        .get(1, TimeUnit.MINUTES);

    assertThat(sales.settled())
        .extracting(SeveralInputsAndOutputsITCase::value)
        .containsExactly(
            "{\"id\":\"w1\",\"amount\":5,\"at\":\"2026-11-23T10:00:00Z\",\"note\":\"\",\"tags\":[\"\",\"w1\"]}",
            "{\"id\":\"w2\",\"amount\":500,\"at\":\"2026-11-23T10:00:01Z\",\"note\":\"\",\"tags\":[\"\",\"w2\"]}");
    assertThat(sales.settled())
        .as("event time is the timestamp of the record")
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(
            Instant.parse("2026-11-23T10:00:00Z").toEpochMilli(),
            Instant.parse("2026-11-23T10:00:01Z").toEpochMilli());
    assertThat(large.settled())
        .extracting(record -> new String(record.key(), UTF_8) + "=" + value(record))
        .containsExactlyInAnyOrder("w2=w2", "s1=s1");
    assertThat(bad.settled())
        .as("an input with dead letters can have metadata columns of its own")
        .extracting(SeveralInputsAndOutputsITCase::value)
        .containsExactly("s2;many");
  }

  @Test
  void cutsWindowsAndConvertsTimesInUtcWhateverTheZoneOfTheMachine(
      EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    TestTopic orders = TestTopic.create(kafka, 1);
    TestTopic hours = TestTopic.create(kafka, 1);
    TestTopic times = TestTopic.create(kafka, 1);
    orders.send("{\"at\": \"2026-10-25T00:30:00Z\"}");
    orders.send("{\"at\": \"2026-10-25T01:30:00Z\"}");
    TimeZone ofMachine = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    try {
      Definitions.compose(
              Definitions.read(
                  folder,
                  """
                  name: zone
                  inputs:
                    orders:
                      connector: kafka
                      bootstrap-servers: %1$s
                      topic: %2$s
                      bounded: true
                      format: json
                      columns: { at: TIMESTAMP_LTZ(3) }
                      event-time: { column: at }
                  queries:
                    hours: >
                      SELECT window_start, COUNT(*) AS n
                      FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(`at`), INTERVAL '1' HOUR))
                      GROUP BY window_start, window_end
                    times: >
                      SELECT CAST(`at` AS TIMESTAMP(3)) AS t, DATE_FORMAT(`at`, 'yyyy-MM-dd HH:mm') AS d
                      FROM orders
                  outputs:
                    hours: { bootstrap-servers: "%1$s", topic: %3$s, format: csv }
                    times: { bootstrap-servers: "%1$s", topic: %4$s, format: csv }
                  flink: { execution.checkpointing.interval: 200 ms }
                  """
                      .formatted(
                          kafka.bootstrapServers(), orders.name(), hours.name(), times.name())))
          .submit()
          .getJobExecutionResult()
          .get(1, TimeUnit.MINUTES);
    } finally {
      TimeZone.setDefault(ofMachine);
    }

    assertThat(hours.settled())
        .extracting(SeveralInputsAndOutputsITCase::value)
        .containsExactly("\"2026-10-25 00:00:00\",1", "\"2026-10-25 01:00:00\",1");
    assertThat(times.settled())
        .extracting(SeveralInputsAndOutputsITCase::value)
        .containsExactly(
            "\"2026-10-25 00:30:00\",\"2026-10-25 00:30\"",
            "\"2026-10-25 01:30:00\",\"2026-10-25 01:30\"");
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }
}
