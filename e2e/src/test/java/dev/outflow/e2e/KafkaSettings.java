package dev.outflow.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The settings of a {@link KafkaCluster}.
 *
 * @param brokers 1, or 3, which tolerate the loss of one
 * @param properties broker properties, which take precedence over those of {@link KafkaBroker}
 * @param advertised maps a broker's port to the port that it advertises to clients
 */
record KafkaSettings(int brokers, Map<String, String> properties, IntUnaryOperator advertised) {
  KafkaSettings {
    properties = Map.copyOf(properties);
  }

  static KafkaSettings brokers(int number) {
    return new KafkaSettings(number, Map.of(), IntUnaryOperator.identity());
  }

  KafkaSettings withProperty(String key, String value) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(key, value);
    return new KafkaSettings(brokers, more, advertised);
  }

  /** Puts proxies between clients and brokers. */
  KafkaSettings withAdvertised(IntUnaryOperator ports) {
    return new KafkaSettings(brokers, properties, ports);
  }
}
