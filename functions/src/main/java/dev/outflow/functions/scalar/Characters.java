package dev.outflow.functions.scalar;

/** Positions in texts by characters of Unicode, as Flink counts them. */
final class Characters {
  private Characters() {}

  /** Returns the offset of a character; its number is moved into the text. */
  static int offset(String text, long number) {
    int count = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, (int) Math.max(0, Math.min(number, count)));
  }
}
