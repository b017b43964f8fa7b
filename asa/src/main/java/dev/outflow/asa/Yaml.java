package dev.outflow.asa;

import java.util.Map;

/** Writes maps as YAML, one key on a line. */
final class Yaml {
  private final StringBuilder text = new StringBuilder();

  Yaml comment(String line) {
    text.append("# ").append(line).append('\n');
    return this;
  }

  Yaml line(int indent, String line) {
    text.append("  ".repeat(indent)).append(line).append('\n');
    return this;
  }

  Yaml blank() {
    text.append('\n');
    return this;
  }

  Yaml entry(int indent, String key, String value) {
    return line(indent, key(key) + ": " + value(value));
  }

  Yaml entries(int indent, Map<String, String> entries) {
    entries.forEach((key, value) -> entry(indent, key, value));
    return this;
  }

  private static String key(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_.-]*")
            && !key.matches("(?i)y|n|yes|no|true|false|on|off|null")
        ? key
        : quoted(key);
  }

  private static String value(String value) {
    boolean plain =
        value.matches("[A-Za-z_$][A-Za-z0-9_.,:/${}() <>'-]*")
            && !value.matches("(?i)y|n|yes|no|true|false|on|off|null")
            && !value.contains(": ")
            && !value.endsWith(":")
            && !value.endsWith(" ")
            && !value.contains(" #");
    return plain ? value : quoted(value);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
