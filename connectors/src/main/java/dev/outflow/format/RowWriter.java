package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows as objects; generators of CSV map the names of fields to columns. */
final class RowWriter implements FieldWriter {
  private final Field[] fields;
  private final boolean ignoreNulls;

  RowWriter(RowType type, Function<LogicalType, FieldWriter> writers, boolean ignoreNulls) {
    fields =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(
                at -> {
                  LogicalType field = type.getTypeAt(at);
                  return new Field(
                      new SerializedString(type.getFieldNames().get(at)),
                      RowData.createFieldGetter(field, at),
                      writers.apply(field));
                })
            .toArray(Field[]::new);
    this.ignoreNulls = ignoreNulls;
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

  private record Field(SerializableString name, RowData.FieldGetter getter, FieldWriter writer) {}
}
