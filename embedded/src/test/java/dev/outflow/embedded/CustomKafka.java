package dev.outflow.embedded;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Starts brokers with properties of the test, which closes them. */
public final class CustomKafka {
  private CustomKafka() {}

  /** Starts a broker on a free port; {@code properties} override the defaults. */
  public static EmbeddedKafka start(Map<String, String> properties) {
    return EmbeddedKafka.start(
        EmbeddedKafka.freePort(),
        defaults -> {
          defaults.putAll(properties);
          return defaults;
        });
  }

  /** Stops a broker and keeps its data. */
  public static void stop(EmbeddedKafka broker) {
    broker.stop();
  }

  /** Starts a stopped broker with the default properties, on the same port and with its data. */
  public static void startAgain(EmbeddedKafka broker) {
    broker.startAgain(UnaryOperator.identity());
  }
}
