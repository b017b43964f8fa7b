package dev.outflow.functions.scalar;

import java.util.regex.Pattern;

/** White space as .NET and so ASA defines it: Unicode's separators, and the controls that are. */
final class WhiteSpace {
  private static final String SOME = "[\\p{Z}\\x09-\\x0D\\x85]++";
  private static final Pattern START = Pattern.compile("\\A" + SOME);
  private static final Pattern END = Pattern.compile(SOME + "\\z");

  private WhiteSpace() {}

  static String removeAtStart(String text) {
    return START.matcher(text).replaceFirst("");
  }

  static String removeAtEnd(String text) {
    return END.matcher(text).replaceFirst("");
  }
}
