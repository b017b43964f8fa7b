package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose output has {@code mode: upsert}, judged by a plain consumer. */
@ExtendWith(KafkaExtension.class)
class UpsertOutputITCase {
  private static final int RECORDS = 6_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private TestTopic updates;

  @BeforeEach
  void createTopic(EmbeddedKafka broker) throws Exception {
    kafka = broker;
    updates = TestTopic.create(kafka, 3, Map.of("cleanup.policy", "compact"));
  }

  /** 50 devices climb from level 0 to 5; levels without devices are deleted. */
  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void writesUpdatesAndDeletionsInOrderWhenATaskFailsBetweenCheckpoints(String guarantee)
      throws Exception {
    FailsOnce.FAILURES.set(0);
    run(
        """
        name: levels-%2$s
        functions: { fails_once: dev.outflow.job.UpsertOutputITCase$FailsOnce }
        inputs:
          generated:
            connector: datagen
            rows-per-second: 3000
            fields.n.kind: sequence
            fields.n.start: 1
            fields.n.end: %4$d
            columns: { n: BIGINT }
        queries:
          devices: SELECT MOD(n, 50) AS device, MAX(fails_once(n)) / 1000 AS level FROM generated GROUP BY MOD(n, 50)
          levels: SELECT level, COUNT(*) AS devices FROM devices GROUP BY level
        outputs:
          levels:
            bootstrap-servers: %1$s
            topic: %2$s
            format: csv
            mode: upsert
            partition-key: level
            exclude-from-value: level
            delivery-guarantee: %3$s
        flink: { execution.checkpointing.interval: 200 ms, parallelism.default: 2 }
        """
            .formatted(kafka.bootstrapServers(), updates.name(), guarantee, RECORDS));

    assertThat(FailsOnce.FAILURES).hasValue(1);
    assertThat(table()).isEqualTo(Map.of("5", "49", "6", "1"));
    if (guarantee.equals("exactly-once")) {
      assertThat(updates.settled()).hasSizeGreaterThan(500);
      assertThat(counts()).allSatisfy((level, counts) -> assertChangesByOne(counts));
    }
  }

  @Test
  void handlesNullKeysAsBadRowsAndWritesHeadersOfTombstones() throws Exception {
    TestTopic changes = TestTopic.create(kafka, 1);
    TestTopic bad = TestTopic.create(kafka, 1);
    changes.send("Bern,CH,5", "Basel,CH,2", ",CH,3", "Bern,CH,-7", ",CH,-4", "Bern,DE,1");
    String yaml =
        """
        name: totals-%3$s
        inputs:
          changes:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            bounded: true
            format: csv
            csv: { null-literal: "" }
            columns: { city: STRING, country: STRING, amount: INT }
        queries:
          totals: >
            SELECT city, country, SUM(amount) AS total, CAST(COUNT(*) AS STRING) AS changes
            FROM changes GROUP BY city, country HAVING SUM(amount) > 0
        outputs:
          totals:
            bootstrap-servers: %1$s
            topic: %3$s
            format: json
            mode: upsert
            partition-key: [city, country]
            headers: { source: "'test'", country: country, changes: changes }
            exclude-from-value: [city, country, changes]
            %4$s
        flink: { parallelism.default: 1, restart-strategy.type: disable }
        """;
    run(
        yaml.formatted(
            kafka.bootstrapServers(),
            changes.name(),
            updates.name(),
            "on-error: dead-letter\n    dead-letter-topic: " + bad.name()));

    assertThat(updates.settled())
        .filteredOn(record -> text(record.key()).equals("{\"city\":\"Bern\",\"country\":\"CH\"}"))
        .extracting(record -> text(record.value()) + headers(record))
        .containsExactly(
            "{\"total\":5}{changes=1, country=CH, source=test}", "null{country=CH, source=test}");
    assertThat(table())
        .isEqualTo(
            Map.of(
                "{\"city\":\"Bern\",\"country\":\"DE\"}", "{\"total\":1}",
                "{\"city\":\"Basel\",\"country\":\"CH\"}", "{\"total\":2}"));
    assertThat(bad.settled())
        .extracting(record -> headers(record).get("outflow-code") + " " + text(record.value()))
        .containsExactly(
            "OutputDataConversionError.RequiredColumnMissing {\"city\":null,\"country\":\"CH\",\"total\":3,\"changes\":\"1\"}");

    assertThatThrownBy(
            () ->
                run(
                    yaml.formatted(
                        kafka.bootstrapServers(),
                        changes.name(),
                        TestTopic.create(kafka, 1).name(),
                        "on-error: fail")))
        .hasStackTraceContaining("column 'city': is null, but is part of the key");
  }

  @Test
  void restoresTheEarlierRowOfAKeyWhenTheLastOneIsRemoved() throws Exception {
    TestTopic changes = TestTopic.create(kafka, 1);
    changes.send("a,x,5", "b,x,2", "b,x,-2", "c,y,1");
    run(
        """
        name: owners-%3$s
        inputs:
          changes:
            connector: kafka
            bootstrap-servers: %1$s
            topic: %2$s
            bounded: true
            format: csv
            columns: { owner: STRING, item: STRING, amount: INT }
        queries:
          owners: SELECT owner, item FROM changes GROUP BY owner, item HAVING SUM(amount) > 0
        outputs:
          owners: { bootstrap-servers: "%1$s", topic: %3$s, format: csv, mode: upsert, partition-key: item, on-conflict: deduplicate }
        flink: { parallelism.default: 1 }
        """
            .formatted(kafka.bootstrapServers(), changes.name(), updates.name()));

    assertThat(updates.settled())
        .filteredOn(record -> text(record.key()).equals("x"))
        .extracting(record -> text(record.value()))
        .containsExactly("a,x", "b,x", "a,x");
    assertThat(table()).isEqualTo(Map.of("x", "a,x", "y", "c,y"));
  }

  private void run(String yaml) throws Exception {
    Definitions.compose(Definitions.read(folder, yaml))
        .submit()
        .getJobExecutionResult()
        .get(1, TimeUnit.MINUTES);
  }

  /** Returns what a reader of the topic has in the end: the last value of each key. */
  private Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    updates
        .settled()
        .forEach(
            record -> {
              if (record.value() == null) {
                table.remove(text(record.key()));
              } else {
                table.put(text(record.key()), text(record.value()));
              }
            });
    return table;
  }

  /** Returns the counts of each key in order, a tombstone as 0. */
  private Map<String, List<Integer>> counts() {
    Map<String, List<Integer>> counts = new LinkedHashMap<>();
    updates
        .settled()
        .forEach(
            record ->
                counts.merge(
                    text(record.key()),
                    List.of(record.value() == null ? 0 : Integer.parseInt(text(record.value()))),
                    UpsertOutputITCase::joined));
    return counts;
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** A record that is lost or written twice would break the sequence. */
  private static void assertChangesByOne(List<Integer> counts) {
    int before = 0;
    for (int count : counts) {
      assertThat(Math.abs(count - before)).as("from %d to %d", before, count).isEqualTo(1);
      before = count;
    }
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, UTF_8);
  }

  /** Returns its argument; the first number in the second half fails the job, once. */
  public static final class FailsOnce extends ScalarFunction {
    static final AtomicInteger FAILURES = new AtomicInteger();

    public Long eval(Long number) {
      if (number > RECORDS / 2 && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("fails once, at " + number);
      }
      return number;
    }
  }
}
