package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outflow.definition.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invalid Flink options, and those that are rarely meant. */
class FlinkOptionsTest {
  private final OrdersJob orders;

  FlinkOptionsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void warnsAboutFlinkOptionsThatAreRarelyMeant() throws IOException {
    ComposedJob job =
        orders.compose(
            job("SELECT order_id FROM orders")
                + """
                flink:
                  execution.checkpointing.interval: 10
                  execution.checkpointing.timeout: 600000
                  restart-strategy.fixed-delay.delay: 500 ms
                  parallelism.default: 40000
                """);

    assertThat(job.planWarnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.execution.checkpointing.interval",
                "is 10 milliseconds, because Flink's default unit is ms; write the unit, e.g. 10 s"
                    + " or 10 ms"),
            tuple(
                "flink.parallelism.default",
                "is 40000, but the maximum parallelism is 32768; Flink will not start the job with"
                    + " more subtasks than that; lower it"));
  }

  @Test
  void rejectsInvalidFlinkOptions() {
    String job = job("SELECT * FROM orders");
    orders.assertProblem(
        job + "flink: { execution.checkpointing.interval: 10 parsecs }\n",
        "job.yaml:16:10  flink.execution.checkpointing.interval  Could not parse value");
    orders.assertProblem(
        job + "flink: { parallelism.default: many }\n",
        "job.yaml:16:10  flink.parallelism.default  Could not parse value 'many'");
    orders.assertProblem(
        job + "flink: { execution.checkpointing.interval: 5 ms }\n", "job.yaml:16:1  flink  ");
  }

  @Test
  void rejectsExactlyOnceWithoutCheckpoints() {
    orders.assertProblem(
        job("SELECT * FROM orders") + "flink: { execution.checkpointing.interval: 0 s }\n",
        "job.yaml:12:3  outputs.large.delivery-guarantee  exactly-once requires checkpoints, which"
            + " are off; ");
  }
}
