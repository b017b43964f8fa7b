package dev.outflow.check;

import dev.outflow.embedded.CustomKafka;
import dev.outflow.embedded.EmbeddedKafka;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports brokers that clients reach but cannot work with. */
class BrokerChecksITCase {
  @Test
  void reportsABrokerWithoutATransactionCoordinator() throws Exception {
    try (EmbeddedKafka alone =
        CustomKafka.start(Map.of("transaction.state.log.replication.factor", "3"))) {
      CheckedBroker broker = CheckedBroker.of(alone);
      RecordedCheck.output(broker.options(broker.topic(Map.of())))
          .assertFailed(
              CheckStep.TRANSACTIONS, "delivery-guarantee", "has no transaction coordinator");
    }
  }

  @Test
  void reportsUnreachableAdvertisedListeners() throws Exception {
    try (EmbeddedKafka misled =
        CustomKafka.start(
            Map.of("advertised.listeners", "PLAINTEXT://no-such-host.invalid:9092"))) {
      RecordedCheck.output(CheckedBroker.of(misled).options("t"))
          .assertFailed(CheckStep.BROKER, "bootstrap-servers", "its 'advertised.listeners'");
    }
  }
}
