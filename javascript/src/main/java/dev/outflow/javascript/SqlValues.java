package dev.outflow.javascript;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;

/**
 * Converts values of SQL to plain values, as ASA documents it: numbers to Number, times to Date,
 * text to String, rows and maps to Object, arrays to Array.
 */
final class SqlValues {
  private SqlValues() {}

  /** Returns the plain values of arguments, in Flink's default classes of their types. */
  static Object[] toPlain(Object[] arguments) {
    Object[] plain = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      plain[i] = toPlain(arguments[i]);
    }
    return plain;
  }

  static Object toPlain(Object value) {
    if (value == null || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Instant) {
      return value;
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (value instanceof Row row) {
      return ofRow(row);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put(String.valueOf(key), toPlain(element)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SqlValues::toPlain).collect(Collectors.toCollection(ArrayList::new));
    }
    if (value.getClass().isArray()) {
      List<Object> plain = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        plain.add(toPlain(Array.get(value, i)));
      }
      return plain;
    }
    throw new IllegalArgumentException(
        "JavaScript has no type for an argument of the class " + value.getClass().getName());
  }

  private static Map<String, Object> ofRow(Row row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (row.getFieldNames(true) == null) {
      for (int i = 0; i < row.getArity(); i++) {
        plain.put("f" + i, toPlain(row.getField(i)));
      }
    } else {
      row.getFieldNames(true).forEach(name -> plain.put(name, toPlain(row.getField(name))));
    }
    return plain;
  }

  /** Returns a number as a decimal; a Double by its shortest text, as JavaScript prints it. */
  static BigDecimal decimal(Number plain) {
    return new BigDecimal(
        plain instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
            ? Long.toString(number.longValue())
            : plain.toString());
  }
}
