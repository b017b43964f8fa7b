package dev.outflow.print;

import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;

import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.kafka.broker.DefaultGuarantee;
import dev.outflow.kafka.output.KafkaOutputOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * The defaults of a table that depend on its brokers.
 *
 * @param values by option, including {@code kafka.*}
 * @param origins why an option has this default, unless all brokers have it
 */
record BrokerDefaults(Map<String, String> values, Map<String, String> origins) {
  static final BrokerDefaults NONE = new BrokerDefaults(Map.of(), Map.of());

  static BrokerDefaults ofInput(BrokerKind kind) {
    return ofClient(kind, kind.clientDefaults());
  }

  static BrokerDefaults ofOutput(BrokerKind kind) {
    Map<String, String> client = new HashMap<>(kind.clientDefaults());
    client.putAll(kind.producerDefaults());
    BrokerDefaults defaults = ofClient(kind, client);
    String key = KafkaOutputOptions.DELIVERY_GUARANTEE.key();
    DefaultGuarantee guarantee = kind.defaultGuarantee();
    defaults.values.put(key, guarantee.guarantee().toString());
    guarantee
        .reason()
        .ifPresent(reason -> defaults.origins.put(key, kind.serviceName() + ": " + reason));
    return defaults;
  }

  private static BrokerDefaults ofClient(BrokerKind kind, Map<String, String> properties) {
    BrokerDefaults defaults = new BrokerDefaults(new HashMap<>(), new HashMap<>());
    properties.forEach(
        (key, value) -> {
          defaults.values.put(KAFKA_PREFIX + key, value);
          defaults.origins.put(KAFKA_PREFIX + key, kind.serviceName());
        });
    return defaults;
  }

  /** Returns why an option has its default. */
  String origin(String key) {
    return origins.getOrDefault(key, Property.DEFAULT);
  }
}
