package dev.outflow.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A row is an object. */
final class RowWriter implements ValueWriter {
  private final Field[] fields;
  private final boolean ignoreNulls;

  RowWriter(RowType type, JsonTypes types) {
    fields =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(
                at -> {
                  LogicalType field = type.getTypeAt(at);
                  return new Field(
                      new SerializedString(type.getFieldNames().get(at)),
                      RowData.createFieldGetter(field, at),
                      types.writer(field));
                })
            .toArray(Field[]::new);
    ignoreNulls = types.options().ignoreNullFields();
  }

  /** Surrogates are escaped in a name that is text, not in one that is ready to be written. */
  static boolean knows(RowType type) {
    return type.getChildren().stream().allMatch(JsonTypes::known)
        && type.getFieldNames().stream()
            .flatMapToInt(String::chars)
            .noneMatch(it -> Character.isSurrogate((char) it));
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    RowData row = (RowData) value;
    out.writeStartObject();
    for (Field field : fields) {
      Object fieldValue = field.getter.getFieldOrNull(row);
      if (fieldValue != null) {
        out.writeFieldName(field.name);
        field.writer.write(out, fieldValue);
      } else if (!ignoreNulls) {
        out.writeFieldName(field.name);
        out.writeNull();
      }
    }
    out.writeEndObject();
  }

  private record Field(SerializableString name, RowData.FieldGetter getter, ValueWriter writer) {}
}
