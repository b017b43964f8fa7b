package dev.outflow.lookup;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.DataType;

/**
 * The column {@code METADATA FROM 'one'} of a reference file: 1 in every row. Flink's lookup joins
 * need an equality, which joins without one get from it.
 */
public final class OneColumn {
  /** Its value. */
  public static final int VALUE = 1;

  static final String KEY = "one";
  static final DataType TYPE = DataTypes.INT().notNull();

  private OneColumn() {}

  /** Returns whether a column is one. */
  public static boolean is(Column column) {
    return column instanceof Column.MetadataColumn metadata
        && metadata.getMetadataKey().orElse(metadata.getName()).equals(KEY);
  }
}
