package dev.outflow.kafka.output;

/**
 * What writes the values of an output whose format is {@code json} or {@code csv}; the bytes are
 * the same.
 */
public enum ValueWriter {
  /** Outflow's, straight into a buffer. */
  STREAMING("streaming"),
  /** Flink's, by way of a tree. */
  FLINK("flink");

  private final String written;

  ValueWriter(String written) {
    this.written = written;
  }

  /** Whether there is a choice for values of {@code format}, which can be null. */
  public static boolean isChosenFor(String format) {
    return "json".equals(format) || "csv".equals(format);
  }

  @Override
  public String toString() {
    return written;
  }
}
