package dev.outflow.benchmark;

import java.util.Locale;

/** What records are written as, in and out. */
enum Format {
  JSON,
  CSV,
  AVRO;

  /** Writes and reads one thread's records as lean as can be. */
  ReadingCodec codec() {
    return switch (this) {
      case JSON -> new JsonCodec();
      case CSV -> new CsvCodec();
      case AVRO -> new AvroCodec();
    };
  }

  /** For people. */
  String title() {
    return this == AVRO ? "Avro" : name();
  }

  /** As in the option {@code format}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
