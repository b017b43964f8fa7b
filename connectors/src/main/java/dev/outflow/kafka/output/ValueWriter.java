package dev.outflow.kafka.output;

/** What writes the values of an output whose format is {@code json}; the bytes are the same. */
public enum JsonWriter {
  /** Outflow's, straight into a buffer. */
  STREAMING("streaming"),
  /** Flink's, by way of a tree. */
  FLINK("flink");

  private final String written;

  JsonWriter(String written) {
    this.written = written;
  }

  @Override
  public String toString() {
    return written;
  }
}
