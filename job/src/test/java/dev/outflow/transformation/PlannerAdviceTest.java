package dev.outflow.transformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerAdviceTest {
  private static final String WINDOW =
      "FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND)";

  private static final String INPUTS =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { id: STRING, customer: STRING, n: INT, address: "ROW<city STRING, tags ARRAY<STRING>>", ts: TIMESTAMP_LTZ(3), now: AS PROCTIME() }
          event-time: { column: ts, out-of-order: 5 s }
        payments:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: payments
          format: json
          columns: { id: STRING, paid: TIMESTAMP_LTZ(3) }
        customers:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: customers
          format: json
          mode: upsert
          primary-key: id
          columns: { id: STRING, name: STRING }
      """;

  @TempDir private Path folder;
  private final Map<String, String> advice = new LinkedHashMap<>();

  @Test
  void saysWhatToWriteInsteadOfCommonMistakes() throws IOException {
    mistake("SELECT id FROM orders WHERE id = \"a\"", "text is written in single quotes");
    mistake("SELECT 'it's' AS a FROM orders", "a quote within text is written twice");
    mistake("SELECT id FROM orders WHERE n = '5'", "the query compares INTEGER with CHAR");
    mistake("SELECT id + '-' AS a FROM orders", "join text with ||");
    mistake("SELECT id || n AS a FROM orders", "convert the other value with CAST");
    mistake("SELECT ts - ts AS a FROM orders", "is TIMESTAMPDIFF(SECOND, a, b)");
    mistake(
        "SELECT CASE WHEN n > 1 THEN 'a' ELSE 0 END AS a FROM orders",
        "the results must have one type");
    mistake("SELECT CONCAT(id, NULL) AS a FROM orders", "CAST(NULL AS STRING)");
    mistake("SELECT COALESCE(n, 'a') AS a FROM orders", "the arguments must have one type");
    mistake("SELECT CAST(n AS TEXT) AS a FROM orders", "the type of text is STRING");
    mistake("SELECT CAST(n AS NUMBER) AS a FROM orders", "the types of numbers are INT");
    mistake("SELECT CAST(n AS BOOL) AS a FROM orders", "the type is BOOLEAN");
    mistake("SELECT TO_TIMESTAMP(n) AS a FROM orders", "TO_TIMESTAMP_LTZ(n, 3) milliseconds");
    mistake("SELECT CAST(n AS TIMESTAMP(3)) AS a FROM orders", "TO_TIMESTAMP_LTZ(n, 0) converts");
    mistake("SELECT ISNULL(id, '-') AS a FROM orders", "use COALESCE(a, b)");
    mistake("SELECT GETDATE() AS a FROM orders", "use CURRENT_TIMESTAMP");
    mistake("SELECT IIF(n > 1, 1, 0) AS a FROM orders", "use IF(condition, a, b)");
    mistake("SELECT DATEDIFF(ts, ts) AS a FROM orders", "use TIMESTAMPDIFF(SECOND, a, b)");
    mistake("SELECT DATE_ADD(ts, 1) AS a FROM orders", "use TIMESTAMPADD(SECOND, n, ts)");
    mistake("SELECT CHARINDEX('a', id) AS a FROM orders", "use LOCATE(text, column)");
    mistake("SELECT STRFTIME(ts) AS a FROM orders", "use DATE_FORMAT(ts, 'yyyy-MM-dd')");
    mistake("SELECT DATE_TRUNC('hour', ts) AS a FROM orders", "use FLOOR(ts TO HOUR)");
    mistake("SELECT STRING_AGG(id) AS a FROM orders", "use LISTAGG(column, ',')");
    mistake("SELECT TIMESTAMPDIFF(SECONDS, ts, ts) AS a FROM orders", "; use SECOND");
    mistake("SELECT EXTRACT(SECOND, ts) AS a FROM orders", "write EXTRACT(SECOND FROM ts)");
    mistake("SELECT id FROM orders WHERE n == 5", "; write =");
    mistake("SELECT id FROM orders WHERE n != 5", "; write <>");
    mistake("SELECT id::INT AS a FROM orders", "write CAST(... AS INT)");
    mistake("SELECT id, FROM orders", "remove the comma before it");
    mistake("SELECT ts AT TIME ZONE 'UTC' AS a FROM orders", "does not have AT TIME ZONE");
    mistake("SELECT id FROM orders ORDER BY n", "only be sorted by its event-time column");
    mistake(
        "SELECT ts + INTERVAL '10 SECOND' AS a FROM orders",
        "write the unit after the quotes: INTERVAL '10' SECOND");
    mistake(
        "SELECT COUNT(*) AS a FROM TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL 10 SECOND) GROUP BY window_start, window_end",
        "write the number in quotes: INTERVAL '10' SECOND");
    mistake(
        "SELECT ts + INTERVAL '100' SECOND AS a FROM orders",
        "write e.g. INTERVAL '100' SECOND(3)");
    mistake(
        "SELECT COUNT(*) AS a FROM HOP(TABLE orders, DESCRIPTOR(ts), '10 s') GROUP BY window_start, window_end",
        "a window is written like HOP(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND)");
    mistake(
        "SELECT COUNT(*) AS a FROM TUMBLE(orders, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end",
        "write TABLE orders");
    mistake(
        "SELECT COUNT(*) AS a FROM TUMBLE(TABLE orders, ts, INTERVAL '10' SECOND) GROUP BY window_start, window_end",
        "write DESCRIPTOR(ts)");
    mistake(
        "SELECT window_end, COUNT(*) AS a " + WINDOW + " GROUP BY window_start",
        "write GROUP BY window_start, window_end");
    mistake(
        "SELECT customer, COUNT(*) AS a " + WINDOW + " GROUP BY window_start, window_end",
        "add it to GROUP BY, or aggregate it, e.g. LAST_VALUE(customer)");
    mistake(
        "SELECT id, COUNT(*) AS a " + WINDOW + " GROUP BY id",
        "but not by window_start and window_end; add both to GROUP BY");
    mistake(
        "SELECT SUM(n) OVER (PARTITION BY id) AS a FROM orders",
        "OVER has no ORDER BY on the event-time column");
    mistake(
        "SELECT SUM(n) OVER (PARTITION BY id ORDER BY n) AS a FROM orders",
        "OVER is not ordered by the event-time column");
    mistake(
        "SELECT tag FROM orders CROSS JOIN UNNEST(address.tags) AS t(tag)",
        "e.g. UNNEST(orders.address.items)");
    mistake(
        "SELECT id FROM orders a JOIN payments b ON a.id = b.id",
        "write the name of its table before it, e.g. orders.id");
    String version =
        "SELECT o.id FROM orders AS o JOIN %s FOR SYSTEM_TIME AS OF o.%s AS v ON o.id = v.id";
    mistake(version.formatted("orders", "ts"), "set 'mode: upsert', 'primary-key'");
    mistake(version.formatted("customers", "ts"), "set 'event-time' of the input");
    mistake(version.formatted("customers", "now"), "use the event time of the other table");

    Map<String, String> reported = reported();

    advice.forEach(
        (query, expected) ->
            assertThat(reported)
                .hasEntrySatisfying(query, message -> assertThat(message).contains(expected)));
  }

  private void mistake(String query, String expected) {
    advice.put(query, expected);
  }

  /** Returns the messages about each query, and about the output that it feeds. */
  private Map<String, String> reported() throws IOException {
    StringBuilder job = new StringBuilder(INPUTS).append("queries:\n");
    StringBuilder outputs = new StringBuilder("outputs:\n");
    Map<String, String> byName = new LinkedHashMap<>();
    for (String query : advice.keySet()) {
      String name = "q" + byName.size();
      byName.put(name, query);
      job.append("  %s: |\n    %s\n".formatted(name, query));
      outputs.append(
          "  %1$s: { bootstrap-servers: localhost:1, topic: %1$s, format: json }\n"
              .formatted(name));
    }
    String yaml = job.append(outputs).toString();
    InvalidDefinitionException failure =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> Definitions.compose(Definitions.read(folder, yaml)));
    Map<String, String> messages = new LinkedHashMap<>();
    failure
        .problems()
        .forEach(
            problem ->
                messages.merge(
                    byName.get(problem.property().replaceFirst("^\\w+\\.(\\w+).*", "$1")),
                    problem.message(),
                    (first, second) -> first + "\n" + second));
    return messages;
  }
}
