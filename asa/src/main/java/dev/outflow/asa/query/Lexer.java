package dev.outflow.asa.query;

import java.util.ArrayList;
import java.util.List;

/** Splits a script into tokens; leaves out white space and comments. Never fails. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS =
      List.of("<>", "!=", "<=", ">=", "!<", "!>", "||");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int index;
  private int line = 1;
  private int lineStart;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens, the last of which is the end. */
  static List<Token> tokens(String text) {
    return new Lexer(text).all();
  }

  private List<Token> all() {
    skip();
    while (index < text.length()) {
      next();
      skip();
    }
    add(Token.Kind.END, "", here());
    return tokens;
  }

  private void next() {
    Position at = here();
    char first = text.charAt(index);
    if (first == '[') {
      delimited(Token.Kind.BRACKETED, ']', at);
    } else if (first == '"') {
      delimited(Token.Kind.DOUBLE_QUOTED, '"', at);
    } else if (first == '\'') {
      delimited(Token.Kind.TEXT, '\'', at);
    } else if ((first == 'N' || first == 'n') && charAt(index + 1) == '\'') {
      index++;
      delimited(Token.Kind.TEXT, '\'', at);
    } else if (isDigit(first) || (first == '.' && isDigit(charAt(index + 1)))) {
      number(at);
    } else if (isWordStart(first)) {
      int start = index;
      while (index < text.length() && isWordPart(text.charAt(index))) {
        index++;
      }
      add(Token.Kind.WORD, text.substring(start, index), at);
    } else {
      symbol(at, first);
    }
  }

  private void symbol(Position at, char first) {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, index)) {
        index += symbol.length();
        add(Token.Kind.SYMBOL, symbol, at);
        return;
      }
    }
    index++;
    if ("+-*/%=<>(),.;&|^~:?{}".indexOf(first) >= 0) {
      add(Token.Kind.SYMBOL, String.valueOf(first), at);
    } else {
      add(Token.Kind.INVALID, "the unexpected character '" + first + "'", at);
    }
  }

  private void number(Position at) {
    int start = index;
    digits();
    if (charAt(index) == '.' && (isDigit(charAt(index + 1)) || !isWordStart(charAt(index + 1)))) {
      index++;
      digits();
    }
    if (Character.toLowerCase(charAt(index)) == 'e') {
      int mark = index++;
      if (charAt(index) == '+' || charAt(index) == '-') {
        index++;
      }
      if (isDigit(charAt(index))) {
        digits();
      } else {
        index = mark;
      }
    }
    add(Token.Kind.NUMBER, text.substring(start, index), at);
  }

  private void digits() {
    while (isDigit(charAt(index))) {
      index++;
    }
  }

  /** A name or text in which the closing character is written twice. */
  private void delimited(Token.Kind kind, char close, Position at) {
    StringBuilder value = new StringBuilder();
    index++;
    while (index < text.length()) {
      char current = text.charAt(index++);
      if (current != close) {
        newLine(current);
        value.append(current);
      } else if (charAt(index) == close) {
        value.append(close);
        index++;
      } else {
        add(kind, value.toString(), at);
        return;
      }
    }
    add(Token.Kind.INVALID, "a " + close + " that is not closed", at);
  }

  private void skip() {
    while (index < text.length()) {
      char current = text.charAt(index);
      if (text.startsWith("--", index)) {
        int end = text.indexOf('\n', index);
        index = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", index)) {
        int end = text.indexOf("*/", index + 2);
        int stop = end < 0 ? text.length() : end + 2;
        while (index < stop) {
          newLine(text.charAt(index++));
        }
      } else if (Character.isWhitespace(current) || current == '\u00a0' || current == '\ufeff') {
        index++;
        newLine(current);
      } else {
        return;
      }
    }
  }

  /** To call after the character has been read. */
  private void newLine(char read) {
    if (read == '\n') {
      line++;
      lineStart = index;
    }
  }

  private void add(Token.Kind kind, String value, Position at) {
    tokens.add(new Token(kind, value, at, index));
  }

  private Position here() {
    return new Position(line, index - lineStart + 1, index);
  }

  private char charAt(int position) {
    return position < text.length() ? text.charAt(position) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || c == '@' || c == '#' || c == '$';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c);
  }
}
