/**
 * The {@code ./outflow} command line: one class per command, and local runs on embedded Kafka and
 * Flink. Internal: the command line is the interface.
 */
package dev.outflow.local;
