package dev.outflow.asa.query;

import java.util.List;
import java.util.Locale;

/** Reads tokens in order. */
final class TokenCursor {
  /** Deeper expressions than people write would exhaust the stack. */
  private static final int DEEPEST = 150;

  private final List<Token> tokens;
  private int index;
  private int depth;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** A part of a script is not valid. */
  static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient SyntaxError error;

    SyntaxException(Position at, String message) {
      super(message, null, false, false);
      this.error = new SyntaxError(at, message);
    }

    SyntaxError error() {
      return error;
    }
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(index + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      index++;
    }
    return token;
  }

  int index() {
    return index;
  }

  void moveTo(int position) {
    index = position;
    depth = 0;
  }

  /** Returns the offset after the last token read. */
  int end() {
    return index == 0 ? 0 : tokens.get(index - 1).end();
  }

  boolean isAt(String... words) {
    for (int ahead = 0; ahead < words.length; ahead++) {
      if (!peek(ahead).is(words[ahead])) {
        return false;
      }
    }
    return true;
  }

  boolean skip(String... words) {
    boolean found = isAt(words);
    for (int i = 0; found && i < words.length; i++) {
      next();
    }
    return found;
  }

  Token expect(String... words) {
    Token first = peek();
    for (String word : words) {
      if (!peek().is(word)) {
        throw expected(word.length() == 1 ? "'" + word + "'" : word);
      }
      next();
    }
    return first;
  }

  Name expectName(String what) {
    Token token = peek();
    if (!token.isName()) {
      throw expected(what);
    }
    return next().name();
  }

  SyntaxException expected(String what) {
    return new SyntaxException(
        peek().at(), "expected %s, found %s".formatted(what, peek().shown()));
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw new SyntaxException(peek().at(), "is nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  static String upper(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }
}
