package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.UPSERT;
import static dev.outflow.compose.OrdersJob.job;
import static dev.outflow.compose.OrdersJob.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.outflow.definition.OnConflict;
import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that update rows, keys of upserts and conflicts between rows with the same key. */
class UpdatingQueriesTest {
  private final OrdersJob orders;

  UpdatingQueriesTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void rejectsAnUpdatingQueryForAnOutputThatAppends() {
    orders.assertProblem(
        job("SELECT COUNT(*) AS orders FROM orders"),
        "job.yaml:12:3  outputs.large  the query updates rows that it has already emitted, but this"
            + " output appends rows; aggregate in a window (TUMBLE, HOP, CUMULATE), or set"
            + " 'mode: upsert' with a 'partition-key', or write each change with TO_CHANGELOG in a"
            + " query or format debezium-json (see docs/updates.md) (Flink: update changes which is"
            + " produced by node GroupAggregate(");
  }

  @Test
  void acceptsUpdatesAsRowsOfTheirOwn() throws IOException {
    ComposedJob job =
        orders.compose(
            INPUT
                + """
                  queries:
                    totals: SELECT order_id, SUM(amount) AS total FROM orders GROUP BY order_id
                    large: SELECT * FROM TO_CHANGELOG(input => TABLE totals)
                  """
                + OUTPUT);

    assertThat(job.outputColumns().get("large").getColumnNames())
        .containsExactly("op", "order_id", "total");
    assertThat(
            orders
                .compose(
                    INPUT
                        + large("SELECT COUNT(*) AS n FROM orders")
                        + OUTPUT.replace("format: json", "format: debezium-json"))
                .operators())
        .anyMatch(operator -> operator.startsWith("GroupAggregate"));
  }

  @Test
  void writesUpdatesOfTheKeyOfTheResult() throws IOException {
    ComposedJob job =
        orders.compose(
            job("SELECT order_id, SUM(amount) AS total FROM orders GROUP BY order_id") + UPSERT);

    assertThat(job.ddl().get("large"))
        .contains("PRIMARY KEY (`order_id`) NOT ENFORCED", "'mode' = 'upsert'");
    assertThat(job.onConflict()).isEmpty();
    assertThat(job.plan().statements().explain())
        .doesNotContain("NotNullEnforcer", "upsertMaterialize");
  }

  @Test
  void keepsNoStateToWriteTheLastOfNewRowsWithTheSameKey() throws IOException {
    ComposedJob job = orders.compose(job("SELECT * FROM orders") + UPSERT);

    assertThat(job.onConflict()).containsExactly(entry("large", OnConflict.DEDUPLICATE));
    assertThat(SqlScript.of(job))
        .contains("INSERT INTO `large`\nSELECT * FROM orders\nON CONFLICT DO DEDUPLICATE;\n");
    assertThat(job.plan().statements().explain()).doesNotContain("upsertMaterialize");
  }

  @Test
  void rejectsAKeyThatDoesNotIdentifyTheRowsOfTheResultUnlessConflictsAreResolved()
      throws IOException {
    String grouped =
        job("SELECT order_id, amount, COUNT(*) AS n FROM orders GROUP BY order_id, amount")
            + UPSERT;
    orders.assertProblem(
        grouped,
        "job.yaml:17:5  outputs.large.partition-key  'order_id' does not identify the rows of the"
            + " result; [order_id, amount] does, so rows with the same key would overwrite each"
            + " other; set partition-key to the columns that do, or 'on-conflict' to deduplicate,"
            + " error or nothing");
    orders.assertProblem(
        job("SELECT UPPER(order_id) AS order_id, COUNT(*) AS n FROM orders GROUP BY order_id")
            + UPSERT,
        "job.yaml:17:5  outputs.large.partition-key  'order_id' does not identify the rows of the"
            + " result as far as Flink can tell, so rows with the same key would overwrite");
    for (OnConflict chosen : OnConflict.values()) {
      ComposedJob job = orders.compose(grouped + "    on-conflict: %s\n".formatted(chosen));
      assertThat(job.onConflict()).containsExactly(entry("large", chosen));
      assertThat(job.plan().statements().explain())
          .contains("upsertMaterialize=[true], conflictStrategy=[%s]".formatted(chosen.name()));
    }
  }

  @Test
  void reportsInputsWithoutTheEventTimeThatAResolutionOfConflictsRequires() {
    orders.assertProblem(
        INPUT.replaceFirst("(?m)^ +event-time.*\n", "")
            + large("SELECT order_id, amount, COUNT(*) AS n FROM orders GROUP BY order_id, amount")
            + OUTPUT
            + UPSERT
            + "    on-conflict: error\n",
        "job.yaml:17:5  outputs.large.on-conflict  'error' compares rows when event time advances, but these"
            + " inputs have no 'event-time': orders; declare it, or use deduplicate");
  }

  @Test
  void reportsConflictsThatFlinkDoesNotResolve() {
    orders.assertProblem(
        job("SELECT * FROM orders")
            + UPSERT
            + "    on-conflict: nothing\nflink: { table.exec.sink.upsert-materialize: none }\n",
        "job.yaml:18:5  outputs.large.on-conflict  has no effect with flink.table.exec.sink.upsert-materialize"
            + " 'NONE'; remove one");
  }
}
