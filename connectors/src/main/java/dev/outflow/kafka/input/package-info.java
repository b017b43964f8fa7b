/**
 * The Kafka input: options, the table of {@code 'connector' = 'kafka-input'}, and the conversion of
 * records to rows. Public API is the table factory with its options; other types are internal.
 */
package dev.outflow.kafka.input;
