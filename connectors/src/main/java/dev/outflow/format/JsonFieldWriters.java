package dev.outflow.format;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/** Creates the writers of JSON values, by type. */
record JsonFieldWriters(JsonOptions options) {
  /** Dates, times and Base64 have nothing to escape. */
  private static final AsciiWriter UNESCAPED =
      (out, ascii, length) -> {
        out.writeByte('"');
        out.writeRaw(ascii, 0, length);
        out.writeByte('"');
      };

  /** Returns whether values of this type can be written exactly as Flink writes them. */
  private static boolean supports(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> true;
      case ARRAY -> supports(((ArrayType) type).getElementType());
      case MAP ->
          isText(((MapType) type).getKeyType()) && supports(((MapType) type).getValueType());
      case MULTISET -> isText(((MultisetType) type).getElementType());
      case ROW -> supports((RowType) type);
      default -> ScalarTypes.contains(type);
    };
  }

  /** Leaves names with surrogates to Flink: the generator does not escape serialized names. */
  static boolean supports(RowType type) {
    return type.getChildren().stream().allMatch(JsonFieldWriters::supports)
        && type.getFieldNames().stream()
            .flatMapToInt(String::chars)
            .noneMatch(character -> Character.isSurrogate((char) character));
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** Creates a writer for values of a supported type; not thread-safe. */
  private FieldWriter writer(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> new JsonStringWriter();
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map(((MapType) type).getValueType());
      case MULTISET -> map(new IntType());
      case ROW -> row((RowType) type);
      default -> scalars().writer(type);
    };
  }

  private ScalarWriters scalars() {
    return new ScalarWriters(
        options.separator(), options.minFractionDigits(), options.plainDecimals(), UNESCAPED, true);
  }

  private FieldWriter array(LogicalType element) {
    return new ArrayWriter(element(element));
  }

  FieldWriter row(RowType type) {
    return new JsonRowWriter(type, this::writer, options.ignoreNullFields());
  }

  private FieldWriter map(LogicalType value) {
    return new MapWriter(options, element(value));
  }

  private ElementWriter element(LogicalType type) {
    return new ElementWriter(ArrayData.createElementGetter(type), writer(type));
  }
}
