package dev.outflow.definition;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Distinguishes the code of a SQL text from its literals, quoted names and comments. */
public final class SqlText {
  private static final String COMMENT = "comment";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)'[^']*'|`[^`]*`|(?<comment>(?:--|//)[^\\r\\n]*|/\\*.*?\\*/)|\\s+|\\w+|.");

  private SqlText() {}

  /** Returns the text without the semicolon after which there are only comments. */
  static String withoutSemicolon(String sql) {
    int end = sql.length();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      boolean afterSemicolon = end < sql.length();
      if (token.group().equals(";")) {
        end = afterSemicolon ? end : token.start();
      } else if (!token.group().isBlank() && token.group(COMMENT) == null) {
        end = sql.length();
      }
    }
    return sql.substring(0, end);
  }

  /** Returns the comments that end with their line, with their {@code --}. */
  static List<String> lineComments(String sql) {
    return TOKEN
        .matcher(sql)
        .results()
        .map(MatchResult::group)
        .filter(token -> token.startsWith("--") || token.startsWith("//"))
        .toList();
  }

  /** Returns the text with blanks in place of literals and comments, and _ for quoted names. */
  public static String code(String sql) {
    StringBuilder code = new StringBuilder(sql);
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      char first = token.group().charAt(0);
      boolean isName = first == '`' && token.group().length() > 1;
      boolean isLiteral = first == '\'' && token.group().length() > 1;
      if (isName || isLiteral || token.group(COMMENT) != null) {
        for (int i = token.start(); i < token.end(); i++) {
          if (code.charAt(i) != '\n') {
            code.setCharAt(i, isName ? '_' : ' ');
          }
        }
      }
    }
    return code.toString();
  }
}
