package dev.outflow.embedded;

import java.util.Map;

/** Brokers with other properties than {@link EmbeddedKafka} gives them; the test closes them. */
public final class CustomKafka {
  private CustomKafka() {}

  /** On a free port, with {@code properties} instead of those of the same name. */
  public static EmbeddedKafka start(Map<String, String> properties) {
    return EmbeddedKafka.start(
        EmbeddedKafka.freePort(),
        ours -> {
          ours.putAll(properties);
          return ours;
        });
  }
}
