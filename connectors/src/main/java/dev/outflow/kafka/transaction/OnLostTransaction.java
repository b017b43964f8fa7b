package dev.outflow.kafka.transaction;

/** What to do when Kafka has aborted a transaction whose checkpoint was complete. */
public enum OnLostTransaction {
  /** The job ends, and says which records are missing. */
  FAIL("fail"),
  /** The loss is logged and counted, and the job goes on. */
  CONTINUE("continue");

  private final String written;

  OnLostTransaction(String written) {
    this.written = written;
  }

  @Override
  public String toString() {
    return written;
  }
}
