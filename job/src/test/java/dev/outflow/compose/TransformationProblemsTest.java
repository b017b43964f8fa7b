package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems of queries, at their line and column, and of transformations in Java. */
class TransformationProblemsTest {
  private final OrdersJob orders;

  TransformationProblemsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void reportsSyntaxErrorsOfAQueryFileAtTheirLineAndColumn() throws IOException {
    Files.writeString(orders.folder().resolve("large.sql"), "SELECT order_id\nFORM orders\n");
    orders.assertProblem(job("large.sql"), "large.sql:2:6  Encountered \"orders\"");
  }

  @Test
  void reportsUnknownColumnsAndTablesAtTheirLineAndColumn() throws IOException {
    Files.writeString(
        orders.folder().resolve("large.sql"), "SELECT order_id,\n  amuont\nFROM orders\n");
    orders.assertProblem(job("large.sql"), "large.sql:2:3  Column 'amuont' not found in any table");
    orders.assertProblem(
        job("SELECT * FROM ordes"),
        "job.yaml:10:12  queries.large  line 1, column 15: Object 'ordes' not found");
  }

  @Test
  void rejectsAMissingTransformationAndUnexpectedTables() {
    orders.assertProblem(
        INPUT + "transformation: com.acme.Missing\n" + OUTPUT,
        "job.yaml:10:1  transformation  class com.acme.Missing not found on the class path; is it"
            + " in the jar?");
    orders.assertProblem(
        INPUT + "transformation: java.lang.String\n" + OUTPUT,
        "job.yaml:10:1  transformation  java.lang.String does not implement"
            + " dev.outflow.transformation.Transformation");
    orders.assertProblem(
        INPUT + "transformation: dev.outflow.example.DistinctOrders\n" + OUTPUT,
        "job.yaml:10:1  transformation  returns 'distinct_orders', which is not an output\n"
            + orders.folder()
            + "/job.yaml:12:3  outputs.large  the transformation returns no table of this name");
    orders.assertProblem(INPUT + OUTPUT, "job.yaml  has neither 'queries' nor 'transformation'");
  }
}
