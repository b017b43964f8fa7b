package dev.outflow.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What a {@link KafkaCluster} is made of.
 *
 * @param brokers 1, or 3 of which any one may fail
 * @param properties of each broker, which win over those of {@link KafkaBroker}
 * @param advertised the port that clients are told, for a broker's own port
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

  /** So that something may stand between clients and brokers. */
  KafkaSettings withAdvertised(IntUnaryOperator ports) {
    return new KafkaSettings(brokers, properties, ports);
  }
}
