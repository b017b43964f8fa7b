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

/** Warns if a job reads what it writes. */
class TopicLoopsTest {
  private final OrdersJob orders;

  TopicLoopsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void warnsAboutTopicsThatTheJobReadsAndWrites() throws IOException {
    ComposedJob job =
        orders.compose(
            INPUT
                + large("SELECT order_id FROM orders")
                + OUTPUT
                    .replace("localhost:1", "other:1, LOCALHOST:1")
                    .replace("topic: large", "topic: orders")
                + """
                      on-error: dead-letter
                      dead-letter-topic: bad
                  """);

    assertThat(job.planWarnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "outputs.large.topic",
                "'orders' is also the topic of inputs.orders: the job reads what it writes, so"
                    + " records can multiply without end; use another topic, or leave out the job's"
                    + " own records in the query"));
  }

  @Test
  void warnsAboutAPatternThatMatchesWhatTheJobWrites() throws IOException {
    ComposedJob job =
        orders.compose(
            INPUT.replaceFirst("topic: \\w+", "topic-pattern: 'large|bad|orders-.*'")
                + large("SELECT order_id FROM orders")
                + OUTPUT
                + """
                      on-error: dead-letter
                      dead-letter-topic: bad
                  """);

    assertThat(job.planWarnings())
        .extracting(Problem::property)
        .containsExactly("outputs.large.topic", "outputs.large.dead-letter-topic");
    assertThat(job.planWarnings().get(0).message())
        .startsWith("'large' matches topic-pattern of inputs.orders: the job reads what it writes");
  }

  @Test
  void doesNotWarnAboutTheSameTopicOnOtherBrokers() throws IOException {
    assertThat(
            orders
                .compose(
                    INPUT
                        + large("SELECT order_id FROM orders")
                        + OUTPUT
                            .replace("localhost:1", "other:1")
                            .replace("topic: large", "topic: orders"))
                .warnings())
        .isEmpty();
  }
}
