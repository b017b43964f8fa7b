package dev.outflow.check;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestTopic;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker whose topics a test checks.
 *
 * @param connection the options that connect a table to it
 */
record CheckedBroker(EmbeddedKafka broker, Map<String, String> connection) {
  static CheckedBroker of(EmbeddedKafka broker) {
    return new CheckedBroker(broker, Map.of("bootstrap-servers", broker.bootstrapServers()));
  }

  /** Returns a broker to which tables log in as {@link SecureKafka#USER}. */
  static CheckedBroker of(SecureKafka kafka) {
    return new CheckedBroker(
        kafka.broker(),
        Map.of(
            "bootstrap-servers",
            kafka.saslPlaintext(),
            "security-protocol",
            "sasl_plaintext",
            "username",
            SecureKafka.USER,
            "password",
            SecureKafka.PASSWORD));
  }

  /** Creates a topic of one partition and returns its name. */
  String topic(Map<String, String> configs) throws Exception {
    return TestTopic.create(broker, 1, configs).name();
  }

  /** Returns the options of a table without a topic. */
  Map<String, String> options() {
    Map<String, String> options = new HashMap<>(connection);
    options.put("format", "json");
    return options;
  }

  Map<String, String> options(String topic) {
    Map<String, String> options = options();
    options.put("topic", topic);
    return options;
  }
}
