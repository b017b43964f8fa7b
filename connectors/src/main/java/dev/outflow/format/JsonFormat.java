package dev.outflow.format;

import org.apache.flink.table.types.logical.RowType;

/** Writes the same bytes as Flink's {@code json}. */
record JsonFormat(JsonOptions options) implements DirectFormat {
  @Override
  public boolean supports(RowType type) {
    return JsonFieldWriters.supports(type);
  }

  @Override
  public FieldWriter writer(RowType type) {
    return new JsonFieldWriters(options).row(type);
  }
}
