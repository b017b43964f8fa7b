package dev.outflow.format.reader;

import org.apache.flink.table.data.RowData;

/** Receives the rows of a message, in their order. */
public interface RowConsumer {
  /** Receives a valid row. */
  void row(RowData row);

  /**
   * Receives an invalid row.
   *
   * @param number its position in the message, from 1; good and bad rows count
   */
  void invalid(int number, InvalidValueException problem);
}
