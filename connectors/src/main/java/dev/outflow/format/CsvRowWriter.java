package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows as lines of CSV, without a line break. */
final class CsvRowWriter implements FieldWriter {
  private final byte[] delimiter;
  private final byte[] nullLiteral;
  private final Column[] columns;

  CsvRowWriter(RowType type, Function<LogicalType, FieldWriter> writers, CsvSchema dialect) {
    delimiter = String.valueOf(dialect.getColumnSeparator()).getBytes(UTF_8);
    nullLiteral = new String(dialect.getNullValueOrEmpty()).getBytes(UTF_8);
    columns =
        IntStream.range(0, type.getFieldCount())
            .mapToObj(
                at -> {
                  LogicalType column = type.getTypeAt(at);
                  return new Column(RowData.createFieldGetter(column, at), writers.apply(column));
                })
            .toArray(Column[]::new);
  }

  @Override
  public void write(TextOutput out, Object value) {
    RowData row = (RowData) value;
    for (int at = 0; at < columns.length; at++) {
      if (at > 0) {
        out.writeRaw(delimiter);
      }
      Object columnValue = columns[at].getter.getFieldOrNull(row);
      if (columnValue == null) {
        out.writeRaw(nullLiteral);
      } else {
        columns[at].writer.write(out, columnValue);
      }
    }
  }

  private record Column(RowData.FieldGetter getter, FieldWriter writer) {}
}
