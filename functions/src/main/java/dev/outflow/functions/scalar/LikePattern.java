package dev.outflow.functions.scalar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of T-SQL's LIKE with character classes.
 *
 * @param regex a group {@code found} is what the pattern matches without a leading {@code %}
 */
record LikePattern(Pattern regex) {
  private static final String FOUND = "found";

  static LikePattern of(String pattern) {
    String rest = pattern.startsWith("%") ? pattern.substring(1) : pattern;
    StringBuilder regex = new StringBuilder(pattern.startsWith("%") ? "" : "\\A");
    regex.append("(?<").append(FOUND).append('>');
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      int end = c == '[' ? rest.indexOf(']', i + 2) : -1;
      if (c == '%') {
        regex.append(".*?");
      } else if (c == '_') {
        regex.append('.');
      } else if (end > 0) {
        regex.append(characters(rest.substring(i + 1, end)));
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    regex.append(')').append(pattern.endsWith("%") ? "" : "\\z");
    return new LikePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Returns a class of characters; only {@code ^} at its start and {@code -} have a meaning. */
  private static String characters(String inBrackets) {
    boolean negated = inBrackets.startsWith("^") && inBrackets.length() > 1;
    String listed = negated ? inBrackets.substring(1) : inBrackets;
    return (negated ? "[^" : "[") + listed.replaceAll("([\\[\\]\\\\^&])", "\\\\$1") + "]";
  }

  /** Returns the position of the first match, from 1 on, or 0. */
  int indexIn(String text) {
    Matcher matcher = regex.matcher(text);
    return matcher.find() ? matcher.start(FOUND) + 1 : 0;
  }
}
