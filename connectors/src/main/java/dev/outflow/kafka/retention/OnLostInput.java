package dev.outflow.kafka.retention;

/** Handles records that Kafka deleted before the job read them. */
public enum OnLostInput {
  /** Fails the job and reports which records are missing. */
  FAIL("fail"),
  /** Logs and counts the loss and resumes at the first record that is left. */
  CONTINUE("continue");

  private final String option;

  OnLostInput(String option) {
    this.option = option;
  }

  @Override
  public String toString() {
    return option;
  }
}
