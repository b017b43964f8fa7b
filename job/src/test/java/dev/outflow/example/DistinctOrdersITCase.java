package dev.outflow.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.job.StreamingJob;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the shipped example of a Java transformation as a cluster does. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class DistinctOrdersITCase {
  private static final String EXAMPLE = "../conf/examples/distinct-orders.yaml";

  @Test
  void emitsEachOrderOnce(EmbeddedKafka kafka) throws Exception {
    TestTopic orders = TestTopic.create(kafka, 2);
    TestTopic distinct = TestTopic.create(kafka, 2);
    orders.send(order("a"), order("b"), order("a"), order("c"), order("b"), order("a"));

    StreamingJob.main(
        new String[] {
          "--config", EXAMPLE,
          "--set", "inputs.orders.bootstrap-servers=" + kafka.bootstrapServers(),
          "--set", "inputs.orders.topic=" + orders.name(),
          "--set", "inputs.orders.bounded=true",
          "--set", "outputs.distinct_orders.bootstrap-servers=" + kafka.bootstrapServers(),
          "--set", "outputs.distinct_orders.topic=" + distinct.name(),
          "--set", "flink.execution.checkpointing.interval=200 ms"
        });

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(distinct.values())
                    .containsExactlyInAnyOrder(
                        "{\"order_id\":\"a\",\"amount\":10.50}",
                        "{\"order_id\":\"b\",\"amount\":10.50}",
                        "{\"order_id\":\"c\",\"amount\":10.50}"));
  }

  private static String order(String id) {
    return "{\"order_id\": \"%s\", \"amount\": 10.5}".formatted(id);
  }
}
