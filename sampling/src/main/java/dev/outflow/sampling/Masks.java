package dev.outflow.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Columns whose values are hidden: null, or a constant where a column is NOT NULL, so that the
 * masked rows are valid rows of the input.
 *
 * @param paths e.g. {@code [customer, name]}; arrays have no part of their own, and the part of a
 *     map is one of its keys
 */
public record Masks(RowType type, List<List<String>> paths) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TEXT = "masked";

  public Masks {
    paths = List.copyOf(paths);
  }

  /**
   * Reads masks.
   *
   * @param written paths such as {@code customer.name}; names may contain periods
   * @throws IllegalArgumentException if the input does not have the column; the message is for the
   *     user
   */
  public static Masks of(RowType type, List<String> written) {
    return new Masks(type, written.stream().map(path -> parse(path, path, type)).toList());
  }

  private static List<String> parse(String written, String rest, LogicalType type) {
    List<String> parts = new ArrayList<>();
    if (type instanceof ArrayType array) {
      return parse(written, rest, array.getElementType());
    }
    if (type instanceof MapType map) {
      int end = rest.indexOf('.');
      boolean isLast = end < 0 || !hasParts(map.getValueType());
      parts.add(isLast ? rest : rest.substring(0, end));
      if (!isLast) {
        parts.addAll(parse(written, rest.substring(end + 1), map.getValueType()));
      }
      return parts;
    }
    if (!(type instanceof RowType row)) {
      throw new IllegalArgumentException(
          "--mask %s: '%s' has the type %s, which has no fields; mask the column as a whole"
              .formatted(
                  written,
                  written.substring(0, written.length() - rest.length() - 1),
                  type.asSummaryString()));
    }
    for (RowType.RowField field : row.getFields()) {
      if (rest.equals(field.getName())) {
        return List.of(rest);
      }
      if (rest.startsWith(field.getName() + ".")) {
        parts.add(field.getName());
        parts.addAll(parse(written, rest.substring(field.getName().length() + 1), field.getType()));
        return parts;
      }
    }
    throw new IllegalArgumentException(
        "--mask %s: unknown column%s"
            .formatted(written, Suggestion.among(row.getFieldNames(), rest)));
  }

  private static boolean hasParts(LogicalType type) {
    return type instanceof RowType || type instanceof ArrayType || type instanceof MapType;
  }

  /** Hides the columns in a row. */
  public void apply(ObjectNode row) {
    paths.forEach(path -> apply(row, type, path));
  }

  private static void apply(JsonNode value, LogicalType type, List<String> path) {
    if (value == null || value.isNull()) {
      return;
    }
    if (type instanceof ArrayType array) {
      value.forEach(element -> apply(element, array.getElementType(), path));
      return;
    }
    String name = path.get(0);
    LogicalType field =
        type instanceof MapType map
            ? map.getValueType()
            : ((RowType) type).getTypeAt(((RowType) type).getFieldIndex(name));
    if (path.size() > 1) {
      apply(value.get(name), field, path.subList(1, path.size()));
    } else if (value.has(name)) {
      ((ObjectNode) value).set(name, masked(field));
    }
  }

  private static JsonNode masked(LogicalType type) {
    if (type.isNullable()) {
      return JSON.nullNode();
    }
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> JSON.textNode(TEXT.substring(0, Math.min(TEXT.length(), length(type))));
      case BINARY, VARBINARY -> JSON.textNode("");
      case BOOLEAN -> JSON.booleanNode(false);
      case DATE -> JSON.textNode("1970-01-01");
      case TIME_WITHOUT_TIME_ZONE -> JSON.textNode("00:00:00");
      case TIMESTAMP_WITHOUT_TIME_ZONE -> JSON.textNode("1970-01-01T00:00:00");
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> JSON.textNode("1970-01-01T00:00:00Z");
      case ARRAY -> JSON.arrayNode();
      case MAP, MULTISET -> JSON.objectNode();
      case ROW -> row((RowType) type);
      default -> JSON.numberNode(0);
    };
  }

  private static int length(LogicalType type) {
    return type.is(LogicalTypeRoot.CHAR)
        ? ((CharType) type).getLength()
        : ((VarCharType) type).getLength();
  }

  private static ObjectNode row(RowType type) {
    ObjectNode row = JSON.objectNode();
    type.getFields().forEach(field -> row.set(field.getName(), masked(field.getType())));
    return row;
  }
}
