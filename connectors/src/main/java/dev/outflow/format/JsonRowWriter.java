package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows as JSON objects. */
final class JsonRowWriter implements FieldWriter {
  private static final byte[] NULL = "null".getBytes(UTF_8);

  private final Field[] fields;
  private final boolean ignoreNulls;

  JsonRowWriter(RowType type, Function<LogicalType, FieldWriter> writers, boolean ignoreNulls) {
    fields =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(
                at -> {
                  LogicalType field = type.getTypeAt(at);
                  return new Field(
                      JsonStringWriter.name(type.getFieldNames().get(at)),
                      RowData.createFieldGetter(field, at),
                      writers.apply(field));
                })
            .toArray(Field[]::new);
    this.ignoreNulls = ignoreNulls;
  }

  @Override
  public void write(TextOutput out, Object value) {
    RowData row = (RowData) value;
    char before = '{';
    for (Field field : fields) {
      Object fieldValue = field.getter.getFieldOrNull(row);
      if (fieldValue == null && ignoreNulls) {
        continue;
      }
      out.writeByte(before);
      before = ',';
      out.writeRaw(field.name);
      if (fieldValue == null) {
        out.writeRaw(NULL);
      } else {
        field.writer.write(out, fieldValue);
      }
    }
    if (before == '{') {
      out.writeByte(before);
    }
    out.writeByte('}');
  }

  /** A column, with its name and a colon as JSON. */
  private static final class Field {
    private final byte[] name;
    private final RowData.FieldGetter getter;
    private final FieldWriter writer;

    private Field(byte[] name, RowData.FieldGetter getter, FieldWriter writer) {
      this.name = name;
      this.getter = getter;
      this.writer = writer;
    }
  }
}
