package dev.outflow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.kafka.FlinkTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReferenceFileITCase {
  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @TempDir private Path folder;

  @Test
  void joinsRowsWithAndWithoutMatch() throws Exception {
    Path file = folder.resolve("customers.csv");
    Files.writeString(file, "id,name\n1,Ada\n2,Grace\n2,Hopper\n");

    assertThat(
            rows(
                tables(file, "'csv.header' = 'true'"),
                "SELECT o.id, c.name FROM orders AS o JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON o.id = c.id"))
        .containsExactlyInAnyOrder("+I[1, Ada]", "+I[2, Grace]", "+I[2, Hopper]");
    assertThat(
            rows(
                tables(file, "'csv.header' = 'true'"),
                "SELECT o.id, c.name FROM orders AS o LEFT JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON o.id = c.id"))
        .containsExactlyInAnyOrder(
            "+I[1, Ada]", "+I[2, Grace]", "+I[2, Hopper]", "+I[3, null]", "+I[null, null]");
    assertThat(rows(tables(file, "'csv.header' = 'true'"), "SELECT name FROM customers"))
        .containsExactly("+I[Ada]", "+I[Grace]", "+I[Hopper]");
  }

  /** Flink's lookup joins need an equality. */
  @Test
  void joinsEveryRowByItsOne() throws Exception {
    Path file = folder.resolve("customers.json");
    Files.writeString(file, "{\"id\": 1, \"name\": \"Ada\"}\n{\"id\": 2, \"name\": \"Grace\"}\n");
    StreamTableEnvironment tables = withoutRestarts();
    orders(tables);
    tables.executeSql(
        "CREATE TEMPORARY TABLE customers (id INT, every_row INT METADATA FROM 'one', name STRING) WITH ('connector' = 'reference-file', 'path' = '%s', 'format' = 'json')"
            .formatted(file));
    String join =
        "SELECT o.id, c.name FROM orders AS o %s JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON c.every_row = 1 AND c.id < o.id";

    assertThat(rows(tables, join.formatted("INNER")))
        .containsExactlyInAnyOrder("+I[2, Ada]", "+I[3, Ada]", "+I[3, Grace]");
    assertThat(rows(tables, join.formatted("LEFT")))
        .containsExactlyInAnyOrder(
            "+I[1, null]", "+I[2, Ada]", "+I[3, Ada]", "+I[3, Grace]", "+I[null, null]");
    assertThat(rows(tables, "SELECT every_row, name FROM customers"))
        .containsExactly("+I[1, Ada]", "+I[1, Grace]");
  }

  @Test
  void usesNewVersionAsAWholeAndKeepsTheLastGoodOneWhileTheNewOneIsInvalid() throws Exception {
    Path file = folder.resolve("customers.json");
    Files.writeString(file, "[{\"id\": 1, \"name\": \"first\"}]");
    StreamTableEnvironment tables = endless(file);
    TableResult result =
        tables.executeSql(
            "SELECT c.name FROM clock AS o JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON o.id = c.id");
    try (CloseableIterator<Row> names = result.collect()) {
      await(names, "first");
      replace(file, "{\"id\": 1, \"name\": \"second\"}\n{\"id\": 2, \"name\": \"other\"}\n");
      await(names, "second");
      replace(file, "{\"id\": 1, \"name\": \"third\"}\n{\"id\": \"x\", \"name\": \"bad\"}\n");
      for (int i = 0; i < 40; i++) {
        assertThat(names.next()).hasToString("+I[second]");
      }
      Files.delete(file);
      for (int i = 0; i < 20; i++) {
        assertThat(names.next()).hasToString("+I[second]");
      }
      replace(file, "{\"id\": 1, \"name\": \"fourth\"}");
      await(names, "fourth");
    }
  }

  @Test
  void failsAtTheStartWithTheFileTheRowAndTheColumn() throws IOException {
    Path file = folder.resolve("customers.json");
    StreamTableEnvironment tables = tables(file, "'reload-interval' = '10 s'");
    String query =
        "SELECT o.id, c.name FROM orders AS o JOIN customers FOR SYSTEM_TIME AS OF o.proc AS c ON o.id = c.id";

    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> rows(tables, query))
        .havingRootCause()
        .withMessageContaining(file.getFileName().toString());

    Files.writeString(file, "{\"id\": 1, \"name\": \"Ada\"}\n{\"id\": 2.5, \"name\": \"Grace\"}\n");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> rows(tables, query))
        .havingRootCause()
        .withMessageContaining("customers.json: row 2, column 'id', ");
  }

  @Test
  void reportsAllInvalidOptionsAtOnce() {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        "CREATE TEMPORARY TABLE customers (id INT) WITH ('connector' = 'reference-file', 'path' = 'a/{time}', 'format' = 'avro', 'reload-interval' = '10 ms', 'time-format' = 'HH:ss', 'relod' = '1')");

    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> tables.executeSql("EXPLAIN SELECT * FROM customers"))
        .havingRootCause()
        .withMessage(
            """
            relod: unknown option; did you mean 'reload-interval'?
            reload-interval: must be at least 1 s
            time-format: 'HH:ss' is invalid; expected e.g. HH-mm
            path: has {time} but not {date}; add {date}
            format: 'avro' is not supported for reference files with these columns and options; expected json or csv, without ignore-parse-errors""");
  }

  private static StreamTableEnvironment tables(Path file, String options) {
    StreamTableEnvironment tables = withoutRestarts();
    orders(tables);
    customers(tables, file, options);
    return tables;
  }

  private static void orders(StreamTableEnvironment tables) {
    tables.executeSql(
        "CREATE TEMPORARY VIEW orders AS SELECT id, PROCTIME() AS proc FROM (VALUES (1), (2), (3), (CAST(NULL AS INT))) AS t(id)");
  }

  private static StreamTableEnvironment endless(Path file) {
    StreamTableEnvironment tables = withoutRestarts();
    tables.executeSql(
        "CREATE TEMPORARY TABLE clock (id INT, proc AS PROCTIME()) WITH ('connector' = 'datagen', 'rows-per-second' = '20', 'fields.id.min' = '1', 'fields.id.max' = '1')");
    customers(tables, file, "'reload-interval' = '1 s'");
    return tables;
  }

  private static StreamTableEnvironment withoutRestarts() {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.getConfig().set("restart-strategy.type", "none");
    return tables;
  }

  private static void customers(StreamTableEnvironment tables, Path file, String options) {
    String format = file.toString().endsWith("json") ? "json" : "csv";
    tables.executeSql(
        "CREATE TEMPORARY TABLE customers (id INT, name STRING) WITH ('connector' = 'reference-file', 'path' = '%s', 'format' = '%s', %s)"
            .formatted(file, format, options));
  }

  private static List<String> rows(StreamTableEnvironment tables, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> all = tables.executeSql(query).collect()) {
      all.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  private void replace(Path file, String content) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The clock ticks, so there is a next row; the test fails with its name if it never comes. */
  private static void await(CloseableIterator<Row> names, String name) {
    for (int i = 0; i < 600; i++) {
      if (names.next().toString().equals("+I[" + name + "]")) {
        return;
      }
    }
    throw new AssertionError("no row has the name " + name);
  }
}
