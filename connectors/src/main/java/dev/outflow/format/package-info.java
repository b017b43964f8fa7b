/**
 * Writes JSON and CSV to the same bytes as Flink's formats, but without an intermediate tree.
 *
 * <p>Internal; {@link dev.outflow.format.DirectFormats} is the entry point.
 */
package dev.outflow.format;
