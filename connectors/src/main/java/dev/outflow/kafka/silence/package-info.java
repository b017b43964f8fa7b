/**
 * Partitions that have sent nothing: their time advances with the clock, as in Azure Stream
 * Analytics, as long as the partition's leader confirms that nothing is left to read. Public API:
 * the option {@code event-time.idle-advance}. The types are internal.
 */
package dev.outflow.kafka.silence;
