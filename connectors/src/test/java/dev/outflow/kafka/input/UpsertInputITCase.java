package dev.outflow.kafka.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import dev.outflow.kafka.error.BadRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that are read as tables of the last record of each key. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
@Timeout(300)
class UpsertInputITCase {
  private static final String AT =
      "`at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', WATERMARK FOR `at` AS `at`";

  private final EmbeddedKafka kafka;
  private StreamTableEnvironment tables;
  private TestTopic customers;

  UpsertInputITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void createTopic() throws Exception {
    tables = FlinkTables.create(1);
    customers = TestTopic.create(kafka, 1);
  }

  @Test
  void joinsEachRowWithTheVersionOfItsEventTime() throws Exception {
    TestTopic orders = TestTopic.create(kafka, 1);
    createCustomers("id STRING, name STRING NOT NULL, " + AT, "id", "");
    createTable("orders", orders, "n INT, customer STRING, " + AT, "'start' = 'earliest'");
    send(customers, 10, "a", "{\"id\": \"a\", \"name\": \"Ada\"}");
    send(customers, 30, "a", "{\"id\": \"a\", \"name\": \"Augusta\"}");
    send(customers, 50, "a", null);
    for (int at : List.of(5, 20, 40, 60)) {
      send(orders, at, null, "{\"n\": %d, \"customer\": \"a\"}".formatted(at));
    }
    String join =
        "SELECT o.n, c.name FROM orders AS o %s JOIN customers FOR SYSTEM_TIME AS OF o.`at` AS c ON o.customer = c.id";

    assertThat(rows(join.formatted("LEFT")))
        .containsExactlyInAnyOrder("+I[5, null]", "+I[20, Ada]", "+I[40, Augusta]", "+I[60, null]");
    assertThat(rows(join.formatted("INNER")))
        .containsExactlyInAnyOrder("+I[20, Ada]", "+I[40, Augusta]");
  }

  @Test
  void doesNotWaitForTheNextRecordOfASilentReferenceTopic() throws Exception {
    TestTopic orders = TestTopic.create(kafka, 1);
    createCustomers(
        "id STRING, name STRING, " + AT,
        "id",
        ", 'bounded' = 'false', 'event-time.idle-after' = '500 ms', 'event-time.idle-advance' = 'true'");
    createTable(
        "orders",
        orders,
        "n INT, customer STRING, " + AT,
        "'start' = 'earliest', 'bounded' = 'false'");
    long now = System.currentTimeMillis();
    send(customers, now - 60_000, "a", "{\"name\": \"Ada\"}");
    send(orders, now - 30_000, null, "{\"n\": 1, \"customer\": \"a\"}");
    send(orders, now, null, "{\"n\": 2, \"customer\": \"a\"}");

    try (CloseableIterator<Row> joined =
        tables
            .executeSql(
                "SELECT o.n, c.name FROM orders AS o JOIN customers FOR SYSTEM_TIME AS OF o.`at` AS c ON o.customer = c.id")
            .collect()) {
      assertThat(joined.next()).hasToString("+I[1, Ada]");
    }
  }

  @Test
  void regularJoinFollowsUpdatesAndDeletions() throws Exception {
    createCustomers("id INT, name STRING, zip INT NOT NULL", "id", "");
    send(customers, 1, "1", "{\"name\": \"Ada\", \"zip\": 8000}");
    send(customers, 2, "2", "{\"name\": \"Grace\", \"zip\": 8000}");
    send(customers, 3, "1", "{\"id\": 99, \"name\": \"Augusta\", \"zip\": 3000}");
    send(customers, 4, "2", null);
    send(customers, 5, "3", null); // Of a row that does not exist.

    assertThat(rows("SELECT id, name FROM customers"))
        .containsExactly(
            "+I[1, Ada]", "+I[2, Grace]", "-U[1, Ada]", "+U[1, Augusta]", "-D[2, Grace]");
    assertThat(
            current(
                rows(
                    "SELECT v.id, c.name FROM (VALUES (1), (2)) AS v(id) JOIN customers AS c ON v.id = c.id")))
        .containsExactly("[1, Augusta]");
  }

  @Test
  void readsBackTheKeysThatOutputsWrite() throws Exception {
    String columns =
        "text STRING, number BIGINT, price DECIMAL(10, 2), dated DATE, moment TIMESTAMP_LTZ(3), flag BOOLEAN, content BYTES, v STRING";
    List<String> keys =
        List.of("text", "number", "price", "dated", "moment", "flag", "content", "text;number");
    StatementSet writes = tables.createStatementSet();
    Table row =
        tables.sqlQuery(
            "SELECT 'Zürich', 7, 19.90, DATE '2026-11-24', TO_TIMESTAMP_LTZ(1250, 3), TRUE, X'00ff', 'v'");
    List<String> reads = new ArrayList<>();
    for (String key : keys) {
      customers = TestTopic.create(kafka, 1);
      String written = "written" + reads.size();
      String read = "read" + reads.size();
      tables.executeSql(
          """
          CREATE TEMPORARY TABLE %s (%s) WITH (
            'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
            'format' = 'csv', 'partition-key' = '%s', 'exclude-from-value' = '%s',
            'delivery-guarantee' = 'at-least-once'
          )"""
              .formatted(written, columns, kafka.bootstrapServers(), customers.name(), key, key));
      writes.addInsert(written, row);
      createTable(
          read,
          customers,
          "%s, PRIMARY KEY (%s) NOT ENFORCED".formatted(columns, key.replace(";", ", ")),
          "'mode' = 'upsert', 'exclude-from-value' = '%s'".formatted(key),
          "csv");
      reads.add("SELECT * FROM " + read);
    }
    writes.execute().await(1, TimeUnit.MINUTES);

    assertThat(rows(String.join(" UNION ALL ", reads)))
        .hasSameSizeAs(keys)
        .containsOnly(
            "+I[Zürich, 7, 19.90, 2026-11-24, 1970-01-01T00:00:01.250Z, true, [0, -1], v]");
  }

  @Test
  void reportsEachRecordWhoseKeyOrValueIsNotThatOfARow() throws Exception {
    createCustomers("id INT, zip INT, name STRING", "id, zip", ", 'on-error' = 'drop'");
    send(customers, 1, null, "{\"name\": \"no key\"}");
    send(customers, 2, "7", "{\"name\": \"not an object\"}");
    send(customers, 3, "{\"id\": 1}", "{\"name\": \"a column is missing\"}");
    send(customers, 4, "{\"id\": 1, \"zip\": \"x\"}", "{\"name\": \"not a number\"}");
    send(customers, 5, "{\"id\": 1, \"zip\": 2, \"city\": 3}", "{\"name\": \"another field\"}");
    send(customers, 6, "{\"id\": 1, \"zip\": 2}", "[{\"name\": \"a\"}, {\"name\": \"b\"}]");
    send(customers, 7, "{\"id\": 1, \"zip\": 2}", "nothing");
    send(customers, 8, "{\"zip\": 2, \"id\": 1}", "{\"name\": \"good\"}");

    assertThat(rows("SELECT * FROM customers")).containsExactly("+I[1, 2, good]");
  }

  @Test
  void failsAtARecordWithoutKeyByDefault() throws Exception {
    createCustomers("id INT, name STRING", "id", "");
    send(customers, 1, null, "{\"id\": 1}");

    assertThatThrownBy(() -> rows("SELECT * FROM customers"))
        .hasStackTraceContaining(BadRecordException.class.getName())
        .hasStackTraceContaining(
            "InputDeserializerError.MissingColumns: column 'id': the record has no key, from which the primary key is read");
  }

  private void createCustomers(String columns, String key, String options) {
    createTable(
        "customers",
        customers,
        "%s, PRIMARY KEY (%s) NOT ENFORCED".formatted(columns, key),
        "'mode' = 'upsert'" + options);
  }

  private void createTable(String name, TestTopic topic, String columns, String options) {
    createTable(name, topic, columns, options, "json");
  }

  private void createTable(
      String name, TestTopic topic, String columns, String options, String format) {
    String end = options.contains("'bounded'") ? "" : ", 'bounded' = 'true'";
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE %s (%s) WITH (
          'connector' = 'kafka-input', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = '%s', %s
        )"""
            .formatted(
                name,
                columns,
                topic.kafka().bootstrapServers(),
                topic.name(),
                format,
                options + end));
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  /** Returns the rows that are left after these changes. */
  private static List<String> current(List<String> changes) {
    List<String> rows = new ArrayList<>();
    for (String change : changes) {
      String row = change.substring(2);
      if (change.startsWith("+")) {
        rows.add(row);
      } else {
        assertThat(rows.remove(row)).isTrue();
      }
    }
    return rows;
  }

  private static void send(TestTopic topic, long at, String key, String value) throws Exception {
    topic.send(0, Instant.ofEpochMilli(at), key, value);
  }
}
