package dev.outflow.format;

import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/** The types that Flink's {@code json} writes, and what writes their values. */
record JsonFieldWriters(JsonOptions options) {
  /** Times as JSON need no escapes, so that nobody has to look for what to escape. */
  private static final TemporalText.End UNESCAPED =
      (out, ascii, length) -> out.writeRawUTF8String(ascii, 0, length);

  /** Whether all of {@code type} can be written as Flink does. */
  static boolean known(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> true;
      case ARRAY -> known(((ArrayType) type).getElementType());
      case MAP -> isText(((MapType) type).getKeyType()) && known(((MapType) type).getValueType());
      case MULTISET -> isText(((MultisetType) type).getElementType());
      case ROW -> known((RowType) type);
      default -> ScalarWriters.known(type);
    };
  }

  /** Surrogates are escaped in a name that is text, not in one that is ready to be written. */
  static boolean known(RowType type) {
    return type.getChildren().stream().allMatch(JsonFieldWriters::known)
        && type.getFieldNames().stream()
            .flatMapToInt(String::chars)
            .noneMatch(it -> Character.isSurrogate((char) it));
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** For the values of a type that is {@link #known}; not for several threads. */
  FieldWriter writer(LogicalType type) {
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
    return new ScalarWriters(options.separator(), options.plainDecimals(), UNESCAPED);
  }

  private FieldWriter array(LogicalType element) {
    return new ArrayWriter(new ElementWriter(element, this));
  }

  FieldWriter row(RowType type) {
    return new RowWriter(type, this::writer, options.ignoreNullFields());
  }

  private FieldWriter map(LogicalType value) {
    return new MapWriter(options, new ElementWriter(value, this));
  }
}
