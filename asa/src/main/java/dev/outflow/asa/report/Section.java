package dev.outflow.asa.report;

import java.util.Locale;

/** The sections of docs/migrate.md that findings link to. */
public enum Section {
  DEDUPLICATION,
  EVENT_ORDERING,
  FORMATS,
  FUNCTIONS,
  JOIN_WITHIN_A_TIME,
  LAG_WITH_A_TIME_LIMIT,
  LAST_VALUE_OR_TOP_ROW_OF_A_WINDOW,
  NULL,
  NUMBERS,
  OVER,
  PATTERN,
  REFERENCE_DATA,
  SESSION_WINDOWS,
  SLIDING_COUNT,
  TEXT,
  TIME_OF_SUBSTREAMS,
  TIMES,
  UNIONS,
  WINDOWS;

  /** Returns the anchor of the section's heading. */
  public String anchor() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
