package dev.outflow.print;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * A property of the effective configuration.
 *
 * @param origin the location of the value, {@code default}, {@code cluster}, or empty
 * @param changed true if the user set it to something other than the default
 */
record Property(String key, String value, String origin, boolean changed) {
  static final String DEFAULT = "default";

  /** Returns the value and its origin. */
  String text() {
    return origin.isEmpty() ? value : "%s  (%s)".formatted(value, origin);
  }

  /** Returns one line per property, with aligned values. */
  static String table(List<Property> properties) {
    int width = properties.stream().mapToInt(property -> property.key.length()).max().orElse(0);
    return properties.stream().map(property -> property.line(width)).collect(joining());
  }

  private String line(int width) {
    return "  %s%s%s\n".formatted(key, " ".repeat(width - key.length() + 2), text());
  }
}
