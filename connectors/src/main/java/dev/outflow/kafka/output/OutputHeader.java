package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** A header of an output's records. */
sealed interface OutputHeader extends Serializable {
  /** Returns the header's name. */
  String name();

  /** Returns the header's value for a row; null for no header. */
  byte[] value(RowData row);

  /** The same text in all records. */
  record Literal(String name, String text) implements OutputHeader {
    @Override
    public byte[] value(RowData row) {
      return text.getBytes(UTF_8);
    }
  }

  /** The text of a column, or its bytes; a null has no header. */
  record OfColumn(String name, RowData.FieldGetter column, ColumnTextEncoder encoder)
      implements OutputHeader {
    @Override
    public byte[] value(RowData row) {
      Object value = column.getFieldOrNull(row);
      return value == null ? null : encoder.encode(value);
    }
  }
}
