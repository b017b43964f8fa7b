package dev.outflow.kafka.broker;

import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The delivery guarantee of an output that sets none.
 *
 * @param reason why it is not Outflow's usual default; empty if it is
 */
public record DefaultGuarantee(DeliveryGuarantee guarantee, Optional<String> reason) {
  /** The default on brokers that support transactions. */
  static final DefaultGuarantee EXACTLY_ONCE =
      new DefaultGuarantee(DeliveryGuarantee.EXACTLY_ONCE, Optional.empty());
}
