package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Damages messages. */
final class Mutation {
  private static final List<String> VALUES =
      List.of(
          "null", "true", "false", "0", "1", "-1", "3.0", "3.7", "3e2", "1e400", "1e40", "99999999999999999999", "\"\"", "\"x\"", "\"1\"",
          "\"3.7\"", "\"true\"", "{}", "[]", "[1]", "{\"id\":1}", "[{}]", "\"2026-11-24\"", "\"10:15:00.5\"", "\"2026-11-24T10:15:00Z\"",
          "\"2026-11-24T10:15:00+02:00\"", "\"2026-11-24 10:15:00.123456789\"", "\"AQI=\"", "-0", "-0.0", "\"NaN\"", "NaN", "\" 5 \"");
  private static final Pattern JSON_VALUE = Pattern.compile("(?<=:)(\"(?:[^\"\\\\]|\\\\.)*\"|[-+0-9.eE]+|true|false|null|\\{\\}|\\[\\])");
  private static final String BYTES = "{}[]:,\"\\ \n\t09-+.eEtfnZT/#'";

  private Mutation() {}

  static byte[] any(Random random, byte[] message, String format) {
    return switch (random.nextInt(6)) {
      case 0 -> java.util.Arrays.copyOf(message, random.nextInt(message.length + 1));
      case 1 -> insert(random, message);
      case 2 -> replace(random, message);
      default -> value(random, message, format);
    };
  }

  private static byte[] insert(Random random, byte[] message) {
    int at = random.nextInt(message.length + 1);
    String text = new String(message, ISO_8859_1);
    return (text.substring(0, at) + BYTES.charAt(random.nextInt(BYTES.length())) + text.substring(at)).getBytes(ISO_8859_1);
  }

  private static byte[] replace(Random random, byte[] message) {
    byte[] copy = message.clone();
    if (copy.length > 0) copy[random.nextInt(copy.length)] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : BYTES.charAt(random.nextInt(BYTES.length())));
    return copy;
  }

  private static byte[] value(Random random, byte[] message, String format) {
    String text = new String(message, UTF_8);
    String value = VALUES.get(random.nextInt(VALUES.size()));
    if (format.equals("csv")) {
      String[] fields = text.split(",", -1);
      fields[random.nextInt(fields.length)] = random.nextBoolean() ? value.replace("\"", "") : value;
      return String.join(",", fields).getBytes(UTF_8);
    }
    Matcher values = JSON_VALUE.matcher(text);
    int skip = random.nextInt((int) values.results().count() + 1);
    values.reset();
    for (int i = 0; i <= skip; i++) {
      if (!values.find()) return message;
    }
    return (text.substring(0, values.start()) + value + text.substring(values.end())).getBytes(UTF_8);
  }

  static String firstDifference(RowType type, RowData a, RowData b) {
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object x = RowData.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(a);
      Object y = RowData.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(b);
      if (!Objects.deepEquals(x, y)) return type.getTypeAt(i).getTypeRoot() + ((type.getTypeAt(i).getChildren().isEmpty()) ? " " + (x == null ? "null" : "") + "/" + (y == null ? "null" : "") : "");
    }
    return "?";
  }
}
