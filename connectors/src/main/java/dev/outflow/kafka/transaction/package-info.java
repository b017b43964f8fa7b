/**
 * Exactly-once delivery to Kafka: transactional ids and timeouts, and a sink that detects lost
 * transactions (docs/decisions/0010). Internal; public types are for the other packages of Outflow.
 */
package dev.outflow.kafka.transaction;
