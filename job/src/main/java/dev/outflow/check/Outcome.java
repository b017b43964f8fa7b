package dev.outflow.check;

import java.util.Locale;

/** What came of a step. */
public enum Outcome {
  /** As it should be. */
  OK,
  /** It works; someone should know about it. */
  WARNING,
  /** The job would not work. */
  FAILED,
  /** Not asked, because of a step that failed or because there is nothing to ask. */
  NOT_TRIED;

  /** For tools: {@code not-tried}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
