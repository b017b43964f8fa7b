/**
 * Measures Outflow against its peers: other ways to write the same records from Flink to Kafka.
 * Nothing here is public API; {@code Benchmarks} is the main class.
 */
package dev.outflow.benchmark;
