package dev.outflow.benchmark;

import java.util.Locale;

/** The format of inputs and outputs. */
enum Format {
  JSON,
  CSV,
  AVRO;

  /** Returns a codec with minimal overhead, for one thread. */
  ReadingCodec codec() {
    return switch (this) {
      case JSON -> new JsonCodec();
      case CSV -> new CsvCodec();
      case AVRO -> new AvroCodec();
    };
  }

  /** The display name. */
  String title() {
    return this == AVRO ? "Avro" : name();
  }

  /** The value of the option {@code format}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
