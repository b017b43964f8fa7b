package dev.outflow.kafka.broker;

import dev.outflow.kafka.client.ClientGeneration;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The delivery guarantee of an output that sets none.
 *
 * @param reason why it is not Outflow's usual default; empty if it is
 */
public record DefaultGuarantee(DeliveryGuarantee guarantee, Optional<String> reason) {
  private static final DefaultGuarantee EXACTLY_ONCE =
      new DefaultGuarantee(DeliveryGuarantee.EXACTLY_ONCE, Optional.empty());

  private static final DefaultGuarantee LEGACY =
      new DefaultGuarantee(
          DeliveryGuarantee.AT_LEAST_ONCE,
          Optional.of("outflow-legacy.jar is for brokers that may have no transactions"));

  /** Returns the default on brokers with transactions, if the client in use is for them. */
  static DefaultGuarantee ofClient() {
    return ClientGeneration.current().isTransactional() ? EXACTLY_ONCE : LEGACY;
  }
}
