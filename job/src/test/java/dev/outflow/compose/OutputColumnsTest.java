package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.print.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns of an output are those of its query. */
class OutputColumnsTest {
  private final OrdersJob orders;

  OutputColumnsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void declaresColumnsOfEmptyLiteralsAsStringsAtAnyDepth() throws IOException {
    ComposedJob job =
        orders.compose(
            INPUT
                + """
                queries:
                  large: >-
                    SELECT '' AS note, X'' AS raw_bytes, ARRAY[''] AS list, MAP['', ''] AS pairs,
                    ROW('', ARRAY['', '']) AS nested, COALESCE(order_id, '') AS id FROM orders
                """
                + OUTPUT);

    assertThat(job.ddl().get("large"))
        .contains(
            """
              `note` VARCHAR(2147483647) NOT NULL,
              `raw_bytes` VARBINARY(2147483647) NOT NULL,
              `list` ARRAY<VARCHAR(2147483647) NOT NULL> NOT NULL,
              `pairs` MAP<VARCHAR(2147483647) NOT NULL, VARCHAR(2147483647) NOT NULL> NOT NULL,
              `nested` ROW<`EXPR$0` VARCHAR(2147483647) NOT NULL, `EXPR$1` ARRAY<VARCHAR(2147483647) NOT NULL> NOT NULL> NOT NULL,
              `id` VARCHAR(2147483647) NOT NULL
            """);
    assertThat(job.operators()).contains("large");
  }

  @Test
  void writesAnEmptyTextAsAColumnOfTypeString() throws IOException {
    assertThat(SqlScript.of(orders.compose(job("SELECT '' AS note FROM orders"))))
        .contains("`note` VARCHAR(2147483647) NOT NULL");
  }

  @Test
  void acceptsTheDocumentedLeftJoinWithReferenceData() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "migrate.md"));
    String example = page.substring(page.indexOf("inputs:\n  customers:"));
    String[] parts = example.substring(0, example.indexOf("```")).split("(?=queries:)", 2);

    ComposedJob job =
        orders.compose(
            INPUT.replace("order_id: STRING", "order_id: STRING, customer: STRING")
                + parts[0].replace("inputs:\n", "")
                + parts[1]
                + OUTPUT.replace("large:", "named_orders:"));

    assertThat(job.outputColumns().get("named_orders").getColumnNames())
        .containsExactly("order_id", "name", "placed_at");
  }

  @Test
  void rejectsAPartitionKeyThatIsNotInTheResult() {
    orders.assertProblem(
        job("SELECT amount FROM orders") + "    partition-key: order_id\n",
        "job.yaml:16:5  outputs.large.partition-key  unknown column 'order_id'; expected one of amount");
  }
}
