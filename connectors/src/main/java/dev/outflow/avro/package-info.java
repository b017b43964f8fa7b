/**
 * Reads Avro records, each from its own bytes, and checks what Flink's Avro formats support.
 *
 * <p>Internal.
 */
package dev.outflow.avro;
