package dev.outflow.kafka.output;

import dev.outflow.format.DirectFormats;

/** Which implementation serializes JSON and CSV values, to the same bytes. */
public enum ValueWriter {
  /** Outflow's, which writes directly into a buffer. */
  STREAMING("streaming"),
  /** Flink's, which builds a JSON tree first. */
  FLINK("flink");

  private final String value;

  ValueWriter(String value) {
    this.value = value;
  }

  /** Returns whether the option is supported with a format, which can be null. */
  public static boolean isChosenFor(String format) {
    return DirectFormats.isSupported(format);
  }

  @Override
  public String toString() {
    return value;
  }
}
