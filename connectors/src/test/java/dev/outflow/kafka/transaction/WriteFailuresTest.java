package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class WriteFailuresTest {
  private static final WriteFailures EVENT_HUBS =
      new WriteFailures("orders", "ns.servicebus.windows.net:9093");

  @Test
  void explainsAnExceededQuotaOfEventHubs() {
    IOException failure = failure(new PolicyViolationException("quota"));

    assertThat(EVENT_HUBS.explain(failure))
        .hasMessage(
            "output 'orders': ns.servicebus.windows.net:9093 rejected the request because the namespace exceeds its throughput (quota); add throughput units, or processing units in the Premium tier")
        .hasCause(failure);
  }

  @Test
  void explainsAPermissionThatWasWithdrawn() {
    assertThat(EVENT_HUBS.explain(failure(new TopicAuthorizationException("no WRITE"))))
        .hasMessage("output 'orders': ns.servicebus.windows.net:9093 denies a request: no WRITE");
  }

  @Test
  void leavesOtherFailuresUnchanged() {
    IOException failure = failure(new TimeoutException("expired"));

    assertThat(EVENT_HUBS.explain(failure)).isSameAs(failure);
  }

  private static IOException failure(Exception ofProducer) {
    return new IOException("One or more send requests have encountered exception", ofProducer);
  }
}
