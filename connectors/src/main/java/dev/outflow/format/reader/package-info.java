/**
 * Reads JSON and CSV messages as rows, so that a value that does not fit its column is reported
 * instead of changed; {@code docs/values.md} has the rules.
 *
 * <p>Internal; {@link dev.outflow.format.reader.MessageReaders} is the entry point.
 */
package dev.outflow.format.reader;
