/**
 * The table connectors {@code kafka-output} and {@code kafka-dead-letters}: options, keys,
 * partitions, size limits and bad rows.
 *
 * <p>Public API: the connectors and their options. The classes are internal.
 */
package dev.outflow.kafka.output;
