/**
 * The Kafka input: options, the table of {@code 'connector' = 'kafka-input'}, and the conversion of
 * records to rows. Public API: the table factory and its options. Other types are internal.
 */
package dev.outflow.kafka.input;
