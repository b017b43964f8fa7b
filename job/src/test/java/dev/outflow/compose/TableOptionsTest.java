package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.job;
import static dev.outflow.compose.OrdersJob.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outflow.definition.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors, formats and column types of inputs and outputs. */
class TableOptionsTest {
  private final OrdersJob orders;

  TableOptionsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void rejectsAnUnknownConnector() {
    orders.assertProblem(
        """
        name: test
        inputs:
          orders: { connector: kafak, columns: { n: INT } }
        queries: { large: SELECT * FROM orders }
        """
            + OUTPUT,
        "job.yaml:3:13  inputs.orders.connector  connector 'kafak' not found on the class path;"
            + " available: ");
  }

  @Test
  void rejectsAnUnknownFormatAndListsTheAvailableOnes() {
    orders.assertProblem(
        INPUT + large("SELECT * FROM orders") + OUTPUT.replace("json", "jsn"),
        "job.yaml:15:5  outputs.large.format  format 'jsn' not found on the class path; available:"
            + " avro, ");
    orders.assertProblem(
        INPUT.replace("format: json", "format: jsn") + large("SELECT * FROM orders") + OUTPUT,
        "job.yaml:7:5  inputs.orders.format  format 'jsn' not found on the class path; available:"
            + " avro, ");
  }

  @Test
  void rejectsAnUnknownFormatOption() {
    orders.assertProblem(
        job("SELECT * FROM orders") + "    json: { no-such: 1 }\n",
        "job.yaml:16:13  outputs.large.json.no-such  unknown key; expected one of ");
  }

  @Test
  void rejectsAnInvalidColumnType() {
    orders.assertProblem(
        INPUT.replace("order_id: STRING", "order_id: TEXT(")
            + large("SELECT * FROM orders")
            + OUTPUT,
        "job.yaml:8:16  inputs.orders.columns.order_id  'TEXT(' is not a valid column type");
  }

  @Test
  void warnsAboutACodecThatOnlySomeTiersOfEventHubsSupport() throws IOException {
    ComposedJob job =
        orders.compose(
            INPUT
                + large("SELECT order_id FROM orders")
                + OUTPUT.replace("localhost:1", "my-namespace.servicebus.windows.net:9093")
                + """
                      security-protocol: sasl_ssl
                      sasl-mechanism: OAUTHBEARER
                      compression-type: gzip
                  """);

    assertThat(job.warnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "outputs.large.compression-type",
                "gzip requires the Premium or Dedicated tier of Event Hubs"));
  }
}
