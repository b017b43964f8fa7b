package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.definition.InvalidDefinitionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in several places are reported together, with the parts that they leave unchecked. */
class AllProblemsAtOnceTest {
  private final OrdersJob orders;

  AllProblemsAtOnceTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void reportsMistakesInAnInputAQueryAndAPartitionKeyAtOnceAndWhatWasNotChecked() {
    orders.assertProblems(
        """
        name: test
        inputs:
          orders:
            connector: kafka
            bootstrap-servers: localhost:1
            topic: orders
            format: json
            columns: { order_id: STRING, amount: MONEY, paid_at: TIMESTAMP_LTZ(3) }
            event-time: { column: paidat, out-of-order: 5 }
        queries:
          large: SELECT order_idd, paid_at FROM orders
          sums: |
            SELECT SUM(amount) AS total, window_end
            FROM TUMBLE(TABLE orders, DESCRIPTOR(paid_at), INTERVAL '1' MINUTE)
            GROUP BY window_start, window_end
          broken: SELECT order_id FROM orders WHERE
        outputs:
          large: { bootstrap-servers: localhost:1, topic: a, format: json, partition-key: citi }
          sums: { bootstrap-servers: localhost:1, topic: b, format: json }
          broken: { bootstrap-servers: localhost:1, topic: c, format: json, partition-key: [order_id, oder_id] }
        """,
        "8:34  inputs.orders.columns.amount  'MONEY' is not a valid column type: Unknown identifier 'MONEY'",
        "9:19  inputs.orders.event-time.column  unknown column 'paidat'; did you mean 'paid_at'?",
        "9:35  inputs.orders.event-time.out-of-order  '5' is invalid; expected e.g. 5 s",
        "11:3  queries.large  line 1, column 8: Column 'order_idd' not found in any table; did you mean 'order_id'?",
        "16:3  queries.broken  line 1, column 33: Encountered \"<EOF>\".",
        "18:68  outputs.large.partition-key  unknown column 'citi'; expected one of order_id, paid_at",
        "20:69  outputs.broken.partition-key  unknown column 'oder_id'; did you mean 'order_id'?",
        "10:1  queries  not checked: sums, because inputs.orders.columns.amount is invalid",
        "17:1  outputs  format and partition-key of broken, sums not checked, because the columns of the result are unknown");
  }

  @Test
  void reportsProblemsOfInputsAndOutputsTogether() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(
            () ->
                orders.compose(
                    INPUT
                        + "    start: yesterday\n"
                        + large("SELECT * FROM orders")
                        + OUTPUT
                        + "    partitioner: crc32\n"))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.property())
                    .containsExactly("inputs.orders.start", "outputs.large.partitioner"));
  }
}
