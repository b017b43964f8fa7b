package dev.outflow.kafka.output;

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

  @Override
  public String toString() {
    return value;
  }
}
