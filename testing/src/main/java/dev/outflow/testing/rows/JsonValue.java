package dev.outflow.testing.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.Row;

/**
 * Converts JSON to Flink's external values. Times are in ISO-8601, binary is in Base64. A value
 * that does not fit its type is rejected, never rounded.
 */
final class JsonValue {
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
  private static final ObjectMapper KEYS =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonValue() {}

  static Object read(JsonNode json, DataType type) throws TypeMismatchException {
    LogicalType logical = type.getLogicalType();
    if (json.isNull() || json.isMissingNode()) {
      if (!logical.isNullable()) {
        throw new TypeMismatchException("is required");
      }
      return null;
    }
    try {
      return value(json, type, logical);
    } catch (DateTimeException | ArithmeticException | ClassCastException | IOException e) {
      throw misfit(json, type, "");
    }
  }

  private static Object value(JsonNode json, DataType type, LogicalType logical)
      throws TypeMismatchException, IOException {
    return switch (logical.getTypeRoot()) {
      case CHAR, VARCHAR -> text(json, type);
      case BOOLEAN -> json.isBoolean() ? json.booleanValue() : reject(json, type);
      case TINYINT -> integer(json, type).byteValueExact();
      case SMALLINT -> integer(json, type).shortValueExact();
      case INTEGER -> integer(json, type).intValueExact();
      case BIGINT -> integer(json, type).longValueExact();
      case FLOAT ->
          isNotFinite(json) ? Float.valueOf(json.textValue()) : number(json, type).floatValue();
      case DOUBLE ->
          isNotFinite(json) ? Double.valueOf(json.textValue()) : number(json, type).doubleValue();
      case DECIMAL -> decimal(number(json, type), (DecimalType) logical, type);
      case DATE -> LocalDate.parse(text(json, type));
      case TIME_WITHOUT_TIME_ZONE -> LocalTime.parse(text(json, type));
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          fit(LocalDateTime.parse(iso(text(json, type))), ((TimestampType) logical).getPrecision());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          fit(instant(json, type), ((LocalZonedTimestampType) logical).getPrecision());
      case BINARY, VARBINARY -> json.isTextual() ? json.binaryValue() : reject(json, type);
      case ARRAY -> array(json, type);
      case MAP -> map(json, type.getChildren().get(0), type.getChildren().get(1), type);
      case MULTISET -> map(json, type.getChildren().get(0), DataTypes.INT().notNull(), type);
      case INTERVAL_DAY_TIME -> Duration.parse(text(json, type));
      case INTERVAL_YEAR_MONTH -> Period.parse(text(json, type));
      case ROW -> row(json, type, (RowType) logical);
      default ->
          throw new TypeMismatchException(
              "type %s is not supported in test cases".formatted(TypeName.of(type)));
    };
  }

  private static String text(JsonNode json, DataType type) throws TypeMismatchException {
    if (!json.isTextual()) {
      throw misfit(json, type, "; put it in quotes");
    }
    return json.textValue();
  }

  private static BigDecimal number(JsonNode json, DataType type) throws TypeMismatchException {
    if (!json.isNumber()) {
      boolean quoted = json.asText().matches("-?[0-9.]+");
      throw misfit(json, type, quoted ? "; remove the quotes" : "");
    }
    return json.decimalValue();
  }

  private static BigInteger integer(JsonNode json, DataType type) throws TypeMismatchException {
    return number(json, type).toBigIntegerExact();
  }

  private static BigDecimal decimal(BigDecimal number, DecimalType logical, DataType type)
      throws TypeMismatchException {
    BigDecimal scaled = number.setScale(logical.getScale());
    if (scaled.precision() > logical.getPrecision()) {
      throw new TypeMismatchException(
          "%s does not fit %s".formatted(number.toPlainString(), TypeName.of(type)));
    }
    return scaled;
  }

  private static Instant instant(JsonNode json, DataType type) throws TypeMismatchException {
    try {
      return OffsetDateTime.parse(iso(text(json, type))).toInstant();
    } catch (DateTimeException e) {
      throw misfit(json, type, "; write e.g. 2026-11-24T10:15:00Z");
    }
  }

  /** Accepts a space between date and time, as in SQL. */
  private static String iso(String time) {
    return time.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
  }

  private static <T extends Temporal> T fit(T time, int precision) throws TypeMismatchException {
    if (time.get(ChronoField.NANO_OF_SECOND) % (int) Math.pow(10, 9 - precision) != 0) {
      throw new TypeMismatchException(
          "has more than %d fractional digits of a second".formatted(precision));
    }
    return time;
  }

  private static Object array(JsonNode json, DataType type) throws TypeMismatchException {
    if (!json.isArray()) {
      throw misfit(json, type, "");
    }
    DataType element = type.getChildren().get(0);
    Object array = Array.newInstance(element.getConversionClass(), json.size());
    for (int index = 0; index < json.size(); index++) {
      Array.set(array, index, read(json.get(index), element));
    }
    return array;
  }

  /** A multiset is a map of its elements to their numbers. */
  private static Object map(JsonNode json, DataType key, DataType value, DataType type)
      throws TypeMismatchException {
    if (!json.isObject()) {
      throw misfit(json, type, "");
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      map.put(read(key(entry.getKey(), key), key), read(entry.getValue(), value));
    }
    return map;
  }

  /** A key is always text in JSON, also if its type is a number or a row. */
  private static JsonNode key(String written, DataType type) {
    boolean isText =
        Stream.of(
                LogicalTypeFamily.CHARACTER_STRING,
                LogicalTypeFamily.BINARY_STRING,
                LogicalTypeFamily.DATETIME,
                LogicalTypeFamily.INTERVAL)
            .anyMatch(type.getLogicalType()::is);
    try {
      return isText ? TextNode.valueOf(written) : KEYS.readTree(written);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(written);
    }
  }

  /** JSON has no numbers for these values. */
  private static boolean isNotFinite(JsonNode json) {
    return json.isTextual() && NOT_FINITE.contains(json.textValue());
  }

  private static Row row(JsonNode json, DataType type, RowType logical)
      throws TypeMismatchException {
    if (!json.isObject()) {
      throw misfit(json, type, "");
    }
    List<String> names = logical.getFieldNames();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!names.contains(entry.getKey())) {
        throw new TypeMismatchException(
            "unknown field '%s'; expected one of %s"
                .formatted(entry.getKey(), String.join(", ", names)));
      }
    }
    List<Object> values = new ArrayList<>();
    for (int index = 0; index < names.size(); index++) {
      try {
        values.add(read(json.path(names.get(index)), type.getChildren().get(index)));
      } catch (TypeMismatchException e) {
        throw new TypeMismatchException(names.get(index) + ": " + e.getMessage());
      }
    }
    return Row.of(values.toArray());
  }

  private static Object reject(JsonNode json, DataType type) throws TypeMismatchException {
    throw misfit(json, type, "");
  }

  private static TypeMismatchException misfit(JsonNode json, DataType type, String advice) {
    return new TypeMismatchException(
        "%s is not a valid %s%s".formatted(json, TypeName.of(type), advice));
  }
}
