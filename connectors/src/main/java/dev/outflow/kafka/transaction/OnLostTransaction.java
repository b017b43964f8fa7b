package dev.outflow.kafka.transaction;

/** Handles a transaction that Kafka aborted although its checkpoint completed. */
public enum OnLostTransaction {
  /** Fails the job and reports which records are missing. */
  FAIL("fail"),
  /** Logs and counts the loss and continues. */
  CONTINUE("continue");

  private final String option;

  OnLostTransaction(String option) {
    this.option = option;
  }

  @Override
  public String toString() {
    return option;
  }
}
