package dev.outflow.kafka.output;

import static dev.outflow.kafka.output.KafkaOutputOptions.DELIVERY_GUARANTEE;
import static dev.outflow.kafka.output.KafkaOutputOptions.ON_LOST_TRANSACTION;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTIONAL_ID_PREFIX;
import static dev.outflow.kafka.output.KafkaOutputOptions.TRANSACTION_NAMING;

import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.option.OptionReader;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Reads the delivery guarantee of an output and reports options that have no effect with it.
 *
 * @param kind the brokers, which determine the default
 */
record GuaranteeReader(OptionReader options, BrokerKind kind) {
  private static final List<ConfigOption<?>> FOR_TRANSACTIONS =
      List.of(TRANSACTIONAL_ID_PREFIX, TRANSACTION_NAMING, ON_LOST_TRANSACTION);

  DeliveryGuarantee read() {
    Optional<DeliveryGuarantee> written = options.find(DELIVERY_GUARANTEE, DeliveryGuarantee.class);
    DeliveryGuarantee guarantee = written.orElse(kind.defaultGuarantee().guarantee());
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      if (written.isPresent()) {
        options.rejectWritten(
            FOR_TRANSACTIONS, "%s '%s'".formatted(DELIVERY_GUARANTEE.key(), guarantee));
      } else if (!options.isWritten(DELIVERY_GUARANTEE)) {
        kind.defaultGuarantee().reason().ifPresent(reason -> rejectWritten(guarantee, reason));
      }
    }
    return guarantee;
  }

  private void rejectWritten(DeliveryGuarantee guarantee, String reason) {
    FOR_TRANSACTIONS.stream()
        .filter(options::isWritten)
        .forEach(
            option ->
                options.reject(
                    option,
                    "has no effect with %1$s '%2$s', the default for %3$s (%4$s); remove it or set %1$s to %5$s"
                        .formatted(
                            DELIVERY_GUARANTEE.key(),
                            guarantee,
                            kind.serviceName(),
                            reason,
                            DeliveryGuarantee.EXACTLY_ONCE)));
  }
}
