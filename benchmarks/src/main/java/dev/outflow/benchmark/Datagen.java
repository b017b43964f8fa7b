package dev.outflow.benchmark;

import java.util.Map;

/** Options of Flink's {@code datagen}, without its default limit of 10,000 rows/s. */
final class Datagen {
  static final Map<String, String> OPTIONS =
      Map.of(
          "connector", "datagen",
          "rows-per-second", "100000000",
          "fields.hundredths.min", "0",
          "fields.hundredths.max", "9999");

  private Datagen() {}
}
