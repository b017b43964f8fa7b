package dev.outflow.embedded;

import java.util.Map;

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
}
