package dev.outflow.local.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.sampling.column.ColumnType;
import dev.outflow.sampling.column.ColumnType.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** SQL that makes random values like those of a sample: a pure function. */
final class GeneratedValue {
  /** Texts that repeat are chosen from; more of them are numbered. */
  private static final int MAX_CHOICES = 8;

  private static final int MAX_LENGTH = 60;
  private static final int NUMBERED = 1000;
  private static final int DOUBLE_SCALE = 2;
  private static final BigDecimal DEFAULT_MAX = new BigDecimal(100);

  private GeneratedValue() {}

  /**
   * Returns an expression.
   *
   * @param name the name of the column or field
   * @param values the values of the sample; nulls are ignored
   */
  static String sql(String name, ColumnType type, List<JsonNode> values) {
    List<JsonNode> seen = values.stream().filter(value -> !value.isNull()).toList();
    if (type instanceof ColumnType.Row row) {
      return "CAST(ROW(%s) AS %s)"
          .formatted(
              row.fields().entrySet().stream()
                  .map(field -> sql(field.getKey(), field.getValue(), fields(seen, field.getKey())))
                  .collect(Collectors.joining(", ")),
              row.sql());
    }
    if (type instanceof ColumnType.Array array) {
      List<JsonNode> elements = new ArrayList<>();
      seen.forEach(value -> value.forEach(elements::add));
      String element = sql(name, array.element(), elements);
      return "ARRAY[%s, %s]".formatted(element, element);
    }
    if (type instanceof ColumnType.Dictionary map) {
      List<JsonNode> all = new ArrayList<>();
      seen.forEach(value -> value.forEach(all::add));
      return "MAP[%s, %s]".formatted(text(name + "-1"), sql(name, map.value(), all));
    }
    if (type.isNumber()) {
      return number(type, seen);
    }
    if (type.isTime()) {
      return type == Scalar.TIME
          ? "CURRENT_TIMESTAMP"
          : "CAST(CURRENT_TIMESTAMP AS %s)".formatted(type.sql());
    }
    if (type == Scalar.DATE) {
      return "CURRENT_DATE";
    }
    return type == Scalar.BOOLEAN ? "RAND() < 0.5" : string(name, seen);
  }

  private static List<JsonNode> fields(List<JsonNode> objects, String name) {
    return objects.stream().filter(object -> object.has(name)).map(o -> o.get(name)).toList();
  }

  private static String string(String name, List<JsonNode> seen) {
    List<String> choices = seen.stream().map(JsonNode::asText).distinct().sorted().toList();
    boolean isChoice =
        !choices.isEmpty()
            && choices.size() <= MAX_CHOICES
            && choices.size() * 2 <= seen.size()
            && seen.stream().allMatch(JsonNode::isTextual)
            && choices.stream().allMatch(choice -> choice.length() <= MAX_LENGTH);
    if (isChoice) {
      return choices.stream()
          .map(GeneratedValue::text)
          .collect(
              Collectors.joining(
                  ", ", "ARRAY[", "][1 + RAND_INTEGER(%d)]".formatted(choices.size())));
    }
    return "CONCAT(%s, CAST(RAND_INTEGER(%d) AS STRING))".formatted(text(name + "-"), NUMBERED);
  }

  private static String number(ColumnType type, List<JsonNode> seen) {
    List<BigDecimal> numbers =
        seen.stream().filter(JsonNode::isNumber).map(JsonNode::decimalValue).sorted().toList();
    BigDecimal min = numbers.isEmpty() ? BigDecimal.ZERO : numbers.get(0);
    BigDecimal max = numbers.isEmpty() ? DEFAULT_MAX : numbers.get(numbers.size() - 1);
    BigDecimal range = max.subtract(min);
    boolean isSmall = range.abs().add(min.abs()).compareTo(BigDecimal.valueOf(1_000_000_000)) < 0;
    if (isSmall && (type == Scalar.INT || type == Scalar.BIGINT)) {
      return "CAST(%s + RAND_INTEGER(%d) AS %s)"
          .formatted(min.toPlainString(), range.intValue() + 1, type.sql());
    }
    String random = "%s + RAND() * %s".formatted(literal(min, isSmall), literal(range, isSmall));
    return type == Scalar.DOUBLE
        ? "ROUND(%s, %d)".formatted(random, DOUBLE_SCALE)
        : "CAST(%s AS %s)".formatted(random, type.sql());
  }

  private static String literal(BigDecimal number, boolean isSmall) {
    return isSmall
        ? number.setScale(Math.min(number.scale(), 6), RoundingMode.DOWN).toPlainString()
        : Double.toString(number.doubleValue());
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
