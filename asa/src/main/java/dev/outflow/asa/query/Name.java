package dev.outflow.asa.query;

import java.util.Locale;

/**
 * A name of a column, step, input or output, which is found whatever its case.
 *
 * @param text without brackets or quotes
 */
public record Name(String text, Position at) {
  /** Returns the name by which it is found. */
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }
}
