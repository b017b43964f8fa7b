package dev.outflow.testing.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Formats a row as one line of JSON; equal rows have equal text. Intervals are numbers of months or
 * milliseconds, as in the format {@code json}.
 */
public final class RowText {
  /** An extra field for a row that changes an earlier one: {@code -U}, {@code +U}, {@code -D}. */
  static final String KIND = "row-kind";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RowText() {}

  /** Returns an object with a field for each of {@code columns}, in that order. */
  public static ObjectNode json(Row row, List<Column> columns) {
    ObjectNode json = JSON.objectNode();
    if (row.getKind() != RowKind.INSERT) {
      json.put(KIND, row.getKind().shortString());
    }
    for (int index = 0; index < columns.size(); index++) {
      Column column = columns.get(index);
      json.set(column.getName(), json(row.getField(index), column.getDataType()));
    }
    return json;
  }

  /** Returns the line that {@link ExpectedRows} reads. */
  public static String line(JsonNode row) {
    try {
      return MAPPER.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree in memory can always be written", e);
    }
  }

  private static JsonNode json(Object value, DataType type) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Row row) {
      ObjectNode json = JSON.objectNode();
      List<String> names = ((RowType) type.getLogicalType()).getFieldNames();
      for (int index = 0; index < names.size(); index++) {
        json.set(names.get(index), json(row.getField(index), type.getChildren().get(index)));
      }
      return json;
    }
    if (value instanceof Map<?, ?> map) {
      List<DataType> types = type.getChildren(); // Those of a multiset are of its elements only.
      DataType elements = types.size() > 1 ? types.get(1) : DataTypes.INT();
      Map<String, JsonNode> sorted = new TreeMap<>();
      map.forEach(
          (key, element) -> sorted.put(key(json(key, types.get(0))), json(element, elements)));
      return JSON.objectNode().setAll(sorted);
    }
    if (value instanceof byte[] bytes) {
      return JSON.binaryNode(bytes);
    }
    if (value.getClass().isArray()) {
      ArrayNode json = JSON.arrayNode();
      for (int index = 0; index < Array.getLength(value); index++) {
        json.add(json(Array.get(value, index), type.getChildren().get(0)));
      }
      return json;
    }
    return scalar(value);
  }

  private static String key(JsonNode key) {
    return key.isValueNode() ? key.asText() : key.toString();
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      // A double's own text is the shortest that identifies it.
      return DecimalNode.valueOf(new BigDecimal(number.toString()));
    }
    if (value instanceof Duration interval) {
      return JSON.numberNode(BigDecimal.valueOf(interval.toMillis()));
    }
    if (value instanceof Period interval) {
      return JSON.numberNode(BigDecimal.valueOf(interval.toTotalMonths()));
    }
    if (value instanceof LocalDateTime time) {
      return JSON.textNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
    }
    if (value instanceof LocalTime time) {
      return JSON.textNode(DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    }
    return JSON.textNode(value.toString());
  }
}
