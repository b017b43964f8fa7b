package dev.outflow.avro;

import org.apache.flink.table.data.RowData;

/** Writes the fields of one type in one Avro schema. */
@FunctionalInterface
interface AvroFieldWriter {
  /**
   * Writes the field at position {@code at} of a row.
   *
   * @throws IllegalArgumentException if it is null, and the schema does not allow that
   * @throws ArithmeticException if a time is out of the schema's range
   */
  void write(AvroOutput out, RowData row, int at);
}
