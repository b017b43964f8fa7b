/**
 * Detects records that Kafka deleted before an input read them, by retention or with their topic
 * (docs/decisions/0021). Internal; public types are for the other packages of Outflow.
 */
package dev.outflow.kafka.retention;
