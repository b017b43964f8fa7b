package dev.outflow.asa.query;

/**
 * A position in the text of a script.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param offset in characters, counted from 0
 */
public record Position(int line, int column, int offset) {
  static final Position START = new Position(1, 1, 0);
}
