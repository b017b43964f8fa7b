package dev.outflow.kafka.output;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Ten thousand numbered rows, three of them bad: one that the format cannot serialize (except CSV),
 * one that is too large, and one without a key.
 *
 * @param options additional options of the output
 * @param restarts whether the job restarts after a failure
 */
record BadRows(TestTopic topic, String format, String options, boolean restarts) {
  static final int ROWS = 10_000;
  static final long WITHOUT_KEY = 1_001;
  static final long UNWRITABLE = 2_002;
  static final long TOO_LARGE = 7_007;
  static final String LIMIT = "20000";

  /** Settings of a topic that rejects each of them. */
  static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "max.message.bytes", LIMIT);

  BadRows(TestTopic topic, String format, String options) {
    this(topic, format, options, true);
  }

  BadRows withoutRestart() {
    return new BadRows(topic, format, options, false);
  }

  static TestTopic topic(EmbeddedKafka kafka, Map<String, String> settings) throws Exception {
    TestTopic topic = new TestTopic(kafka, "topic-" + UUID.randomUUID(), 2);
    try (Admin admin = kafka.admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic.name(), 2, (short) 1).configs(settings)))
          .all()
          .get();
    }
    return topic;
  }

  /** Writes all rows and returns once they are committed. */
  void run() throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(2);
    if (!restarts) {
      tables.getConfig().set("restart-strategy.type", "none");
      ExactlyOnceITCase.FailsOnce.FAILURES.set(1); // Only the output fails.
    }
    tables.createTemporarySystemFunction("fails_once", ExactlyOnceITCase.FailsOnce.class);
    tables.createTemporarySystemFunction("place", Place.class);
    tables.executeSql(
        "CREATE TEMPORARY TABLE generated (n BIGINT) WITH ('connector' = 'datagen',"
            + " 'rows-per-second' = '10000', 'fields.n.kind' = 'sequence',"
            + " 'fields.n.start' = '1', 'fields.n.end' = '%d')".formatted(ROWS));
    boolean flat = format.equals("csv");
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE written (n BIGINT, k STRING, %s `text` STRING) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = '%s', %s %s
        )"""
            .formatted(
                flat ? "" : "tags MAP<STRING, BIGINT>, place ROW<zip BIGINT NOT NULL>,",
                topic.kafka().bootstrapServers(),
                topic.name(),
                format,
                options.contains("'partition-key'") ? "" : "'partition-key' = 'k',",
                options));
    String nested =
        "MAP[CASE WHEN n = %d THEN CAST(NULL AS STRING) ELSE 'tag' END, n], place(n),"
            .formatted(UNWRITABLE);
    FlinkTables.insert(
        tables.sqlQuery(
            """
            SELECT fails_once(n),
              CASE WHEN n = %d THEN CAST(NULL AS STRING) ELSE CAST(n AS STRING) END,
              %s
              CASE WHEN n = %d THEN REPEAT('x', 30000) ELSE 'fine' END
            FROM generated"""
                .formatted(WITHOUT_KEY, flat ? "" : nested, TOO_LARGE)),
        "written");
  }

  /** Returns null once although its type is NOT NULL, which functions can do. */
  public static final class Place extends ScalarFunction {
    @DataTypeHint("ROW<zip BIGINT NOT NULL>")
    public Row eval(Long n) {
      return Row.of(n == UNWRITABLE ? null : n);
    }
  }
}
