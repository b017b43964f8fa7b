/**
 * The format {@code avro-confluent}: Avro with a schema registry that implements Confluent's API.
 *
 * <p>Public API: the format and its options. The classes are internal.
 */
package dev.outflow.registry;
