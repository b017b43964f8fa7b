package dev.outflow.testing.rows;

import org.apache.flink.types.Row;

/**
 * An expected row of an output.
 *
 * @param row the values of the columns that are compared
 * @param line as it is written in the file
 */
public record ExpectedRow(Row row, String line) {}
