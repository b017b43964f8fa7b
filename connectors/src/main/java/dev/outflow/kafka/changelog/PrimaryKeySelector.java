package dev.outflow.kafka.changelog;

import java.util.Base64;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;

/**
 * Selects the primary key of a row as text. Rows cannot be keys of state: a restored one differs
 * from a new one with the same values.
 *
 * @param columns read the columns of the key, whose values have no parts
 */
record PrimaryKeySelector(List<RowData.FieldGetter> columns)
    implements KeySelector<RowData, String> {
  private static final long serialVersionUID = 1;

  PrimaryKeySelector {
    columns = List.copyOf(columns);
  }

  @Override
  public String getKey(RowData row) {
    StringBuilder key = new StringBuilder();
    for (RowData.FieldGetter column : columns) {
      String text = text(column.getFieldOrNull(row));
      key.append(text.length()).append(':').append(text); // Two keys are never the same text.
    }
    return key.toString();
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }
}
