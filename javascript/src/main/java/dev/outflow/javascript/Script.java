package dev.outflow.javascript;

import java.io.Serializable;

/**
 * A script that defines one function.
 *
 * @param function the name of the function in SQL
 * @param file its file, as messages name it
 * @param text the whole file
 */
public record Script(String function, String file, String text) implements Serializable {
  /** Shows no text, which can be long. */
  @Override
  public String toString() {
    return "Script[%s, %s]".formatted(function, file);
  }
}
