package dev.outflow.asa.report;

import java.util.Locale;

/** The sections of docs/migrate.md that findings link to. */
public enum Section {
  ANOMALY_DETECTION,
  EVENT_ORDERING,
  FORMATS,
  FUNCTIONS,
  GEOGRAPHY,
  HEADERS,
  JOIN_WITHIN_A_TIME,
  NUMBERS,
  PATTERN,
  REFERENCE_DATA,
  SESSION_WINDOWS,
  TEXT,
  TIME_OF_SUBSTREAMS,
  TIMES,
  UNDECLARED_FIELDS,
  UNIONS,
  WINDOWS;

  /** Returns the anchor of the section's heading. */
  public String anchor() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
