package dev.outflow.sampling.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the fields of a column of CSV are. */
enum CsvKind {
  NUMBER,
  BOOLEAN,
  TIME,
  TEXT;

  /** Numbers with leading zeros are codes, which a number would change. */
  private static final Pattern NUMBERS =
      Pattern.compile("-?(?:0|[1-9]\\d{0,40})(?:\\.\\d{1,40})?(?:[eE][-+]?\\d{1,3})?");

  private static final Pattern BOOLEANS = Pattern.compile("(?i)true|false");

  /** Returns the kind of values that are not empty. */
  static CsvKind of(List<String> values) {
    if (values.stream().allMatch(value -> NUMBERS.matcher(value).matches())) {
      return NUMBER;
    }
    if (values.stream().allMatch(value -> BOOLEANS.matcher(value).matches())) {
      return BOOLEAN;
    }
    TextProfile texts = new TextProfile();
    values.forEach(texts::add);
    return texts.type() == ColumnType.Scalar.STRING ? TEXT : TIME;
  }

  /** Returns a value as JSON; null if it is empty. */
  JsonNode json(String value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value.isEmpty()) {
      return json.nullNode();
    }
    return switch (this) {
      case NUMBER -> DecimalNode.valueOf(new BigDecimal(value));
      case BOOLEAN -> json.booleanNode(value.toLowerCase(Locale.ROOT).equals("true"));
      case TIME, TEXT -> json.textNode(value);
    };
  }
}
