/**
 * Reads and writes Avro records without generic records, and checks which columns they support;
 * {@code docs/values.md} has the rules.
 *
 * <p>Internal; {@link dev.outflow.avro.AvroFormat} is the entry point.
 */
package dev.outflow.avro;
