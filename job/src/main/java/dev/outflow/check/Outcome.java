package dev.outflow.check;

import java.util.Locale;

/** The outcome of a step. */
public enum Outcome {
  /** It passed. */
  OK,
  /** It passed, but something needs attention. */
  WARNING,
  /** The job would not work. */
  FAILED,
  /** Skipped because of a failed step, or not reported by the brokers. */
  NOT_TRIED;

  /** For tools: {@code not-tried}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
