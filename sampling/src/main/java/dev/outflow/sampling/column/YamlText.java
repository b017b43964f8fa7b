package dev.outflow.sampling.column;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Keys and values as YAML writes them, in quotation marks only where they are needed. */
public final class YamlText {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\-]*");
  private static final Pattern PLAIN_VALUE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.<>(), `:/\\-]*");
  private static final Set<String> RESERVED =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlText() {}

  /** Returns a line with a key and its value. */
  public static String property(String indent, String key, String value) {
    return "%s%s: %s\n".formatted(indent, name(key), value(value));
  }

  /** Returns a key. */
  public static String name(String name) {
    boolean isPlain =
        PLAIN_NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return isPlain ? name : quoted(name);
  }

  static String value(String value) {
    boolean isPlain =
        PLAIN_VALUE.matcher(value).matches() && !value.contains(": ") && !value.endsWith(":");
    return isPlain && !value.matches("[0-9.]+") ? value : quoted(value);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
