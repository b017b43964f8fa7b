package dev.outflow.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/** Names what Flink's formats reject and Outflow's readers accept. */
final class LenientValues {
  private static final Pattern FIELD = Pattern.compile("(?s)Fail to deserialize at field: (.*)\\.");

  private LenientValues() {}

  /** Returns the name. */
  static String name(RowType type, byte[] message, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher field = FIELD.matcher(String.valueOf(cause.getMessage()));
      if (field.matches() && type.getFieldIndex(field.group(1)) >= 0) {
        return name(type.getTypeAt(type.getFieldIndex(field.group(1))));
      }
    }
    if (message.length > 1 && (message[0] == 0 || message[1] == 0)) {
      return "text that starts like UTF-16";
    }
    boolean startsEmpty = message.length == 0 || message[0] == '\n';
    return startsEmpty ? "empty lines" : String.valueOf(failure);
  }

  /** In CSV, fields can be empty as well. */
  private static String name(LogicalType type) {
    if (!type.getChildren().isEmpty()) {
      return "nested values";
    }
    if (type.is(LogicalTypeFamily.INTEGER_NUMERIC) || type.is(LogicalTypeFamily.INTERVAL)) {
      return "whole numbers in other notations";
    }
    return type.is(LogicalTypeFamily.NUMERIC)
        ? "other numbers"
        : type.is(LogicalTypeFamily.DATETIME) ? "times in other forms" : type.toString();
  }
}
