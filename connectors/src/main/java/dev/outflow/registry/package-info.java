/**
 * The format {@code avro-confluent}: Avro with a schema registry that implements Confluent's API.
 *
 * <p>Public API are the format and its options; the classes are internal.
 */
package dev.outflow.registry;
