package dev.outflow.kafka.output;

/** Which implementation serializes values, to the same bytes: JSON, CSV or Avro. */
public enum ValueWriter {
  /** Outflow's, which writes directly into a buffer. */
  STREAMING("streaming"),
  /** Flink's, which builds a tree or a generic record first. */
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
