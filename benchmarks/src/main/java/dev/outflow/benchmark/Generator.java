package dev.outflow.benchmark;

import java.util.Map;

/** Flink's {@code datagen}, without the limit of 10,000 rows/s that it has by itself. */
final class Generator {
  static final Map<String, String> OPTIONS =
      Map.of(
          "connector", "datagen",
          "rows-per-second", "100000000",
          "fields.hundredths.min", "0",
          "fields.hundredths.max", "9999");

  private Generator() {}
}
