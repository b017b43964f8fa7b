package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks whether a client with certain options can connect. */
record ConnectionCheck(SecuredBroker broker, TestTopic topic) {
  private static final Duration WAIT = Duration.ofSeconds(10);

  static ConnectionCheck of(SecuredBroker broker) throws Exception {
    return new ConnectionCheck(broker, TestTopic.create(broker.kafka().broker(), 1));
  }

  /** Returns options that can connect, changed by alternating keys and values. */
  Map<String, String> with(String protocol, String mechanism, String... changes) {
    Map<String, String> options = new HashMap<>(broker.options(protocol, mechanism));
    for (int i = 0; i < changes.length; i += 2) {
      options.put(changes[i], changes[i + 1]);
    }
    return options;
  }

  Optional<OptionProblem> check(Map<String, String> security) {
    Map<String, String> options = new HashMap<>(security);
    options.put("topic", topic.name());
    KafkaConnection connection = KafkaOutput.of(options, "test").connection();
    try {
      TopicCheck.ask(connection, topic.name(), WAIT, (admin, description) -> description);
      return Optional.empty();
    } catch (InvalidOptionsException e) {
      return Optional.of(e.problems().get(0));
    }
  }

  void assertProblem(Map<String, String> options, String key, String message) {
    assertThat(check(options)).contains(new OptionProblem(key, message));
  }
}
