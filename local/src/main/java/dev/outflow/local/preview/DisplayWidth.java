package dev.outflow.local.preview;

/** How many columns of a terminal text takes: wide characters take two, combining ones none. */
final class DisplayWidth {
  private static final String ELLIPSIS = "…";

  /** Ranges of wide characters (Unicode's East Asian Width), and of emoji. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}
  };

  private DisplayWidth() {}

  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static int of(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (character >= range[0] && character <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** Returns text of at most {@code width} columns; what was cut is replaced by an ellipsis. */
  static String truncate(String text, int width) {
    StringBuilder kept = new StringBuilder();
    int columns = 0;
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      columns += of(character);
      if (columns > width) {
        return cut(kept, columns - of(character), width);
      }
      kept.appendCodePoint(character);
      index += Character.charCount(character);
    }
    return kept.toString();
  }

  private static String cut(StringBuilder kept, int columns, int width) {
    int left = columns;
    while (left > width - 1 && kept.length() > 0) {
      int last = kept.codePointBefore(kept.length());
      left -= of(last);
      kept.setLength(kept.length() - Character.charCount(last));
    }
    return width < 1 ? "" : kept + ELLIPSIS;
  }

  /** Returns text without control characters, which could move the cursor. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .map(character -> Character.isISOControl(character) ? ' ' : character)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
