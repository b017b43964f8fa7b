package dev.outflow.format;

import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;

/** One of Flink's formats, with its options, that Outflow can write directly into a buffer. */
public interface DirectFormat extends Serializable {
  /** Returns whether rows of this type can be written exactly as Flink writes them. */
  boolean supports(RowType type);

  /** Creates a writer for rows of a supported type; not thread-safe. */
  FieldWriter writer(RowType type);
}
