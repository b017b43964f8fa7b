package dev.outflow.asa.query;

import java.util.Locale;

/**
 * A token of a script.
 *
 * @param text the value: a name without brackets, a text without quotes, or what is wrong
 * @param end the offset after the token
 */
record Token(Kind kind, String text, Position at, int end) {
  enum Kind {
    WORD,
    BRACKETED,
    DOUBLE_QUOTED,
    TEXT,
    NUMBER,
    SYMBOL,
    INVALID,
    END
  }

  boolean is(String wanted) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(wanted);
  }

  /** Returns whether the token is a name where a name may follow without AS. */
  boolean isName() {
    return kind == Kind.BRACKETED
        || kind == Kind.DOUBLE_QUOTED
        || (kind == Kind.WORD && !Keywords.RESERVED.contains(text.toUpperCase(Locale.ROOT)));
  }

  Name name() {
    return new Name(text, at);
  }

  /** Returns the token as messages quote it. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the script";
      case INVALID -> text;
      case TEXT -> "'" + (text.length() > 30 ? text.substring(0, 30) + "..." : text) + "'";
      case BRACKETED -> "[" + text + "]";
      default -> "'" + text + "'";
    };
  }
}
