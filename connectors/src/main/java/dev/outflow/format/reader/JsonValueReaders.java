package dev.outflow.format.reader;

import dev.outflow.format.ScalarTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the readers of JSON values, by type.
 *
 * @param failOnMissingField whether each field of a row must be present
 * @param similarName receives a name that differs from a column's in case only
 */
record JsonValueReaders(
    ScalarReaders scalars, boolean failOnMissingField, BiConsumer<String, String> similarName) {

  /** Returns whether values of this type can be read. */
  static boolean supports(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> true;
      case ARRAY -> supports(((ArrayType) type).getElementType());
      case MAP ->
          isText(((MapType) type).getKeyType()) && supports(((MapType) type).getValueType());
      case MULTISET -> isText(((MultisetType) type).getElementType());
      case ROW -> type.getChildren().stream().allMatch(JsonValueReaders::supports);
      default -> ScalarTypes.contains(type);
    };
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** Creates a reader for rows of a supported type; not thread-safe. */
  JsonRowReader row(RowType type) {
    return row(type, null);
  }

  /** Creates a reader that appends a column with the fields that are not columns. */
  JsonRowReader rowWithUndeclared(RowType type) {
    return row(type, new UndeclaredFields());
  }

  private JsonRowReader row(RowType type, UndeclaredFields undeclared) {
    List<JsonField> columns = new ArrayList<>();
    boolean[] required = new boolean[type.getFieldCount()];
    for (int column = 0; column < type.getFieldCount(); column++) {
      LogicalType field = type.getTypeAt(column);
      columns.add(new JsonField(type.getFieldNames().get(column), column, reader(field)));
      required[column] = !field.isNullable();
    }
    return new JsonRowReader(
        "ROW",
        columns,
        required,
        failOnMissingField,
        new JsonFields(columns, similarName),
        undeclared);
  }

  private JsonValueReader reader(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> new JsonTextReader(TextReader.of(type));
      case ARRAY -> new JsonArrayReader("ARRAY", element(((ArrayType) type).getElementType()));
      case MAP -> map("MAP", ((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case MULTISET -> map("MULTISET", ((MultisetType) type).getElementType(), new IntType(false));
      case ROW -> row((RowType) type);
      default ->
          new JsonScalarReader(
              ScalarReaders.name(type), scalars.reader(type), scalars.rejectedNumber(type));
    };
  }

  private JsonValueReader map(String name, LogicalType key, LogicalType value) {
    return new JsonMapReader(name, TextReader.of(key), element(value));
  }

  private JsonValueReader element(LogicalType type) {
    return reader(type).orNull(type.isNullable());
  }
}
