/**
 * The table connectors {@code kafka-output} and {@code kafka-dead-letters}: options, keys,
 * partitions, size limits and bad rows.
 *
 * <p>Public API are the connectors and their options; the classes are internal.
 */
package dev.outflow.kafka.output;
