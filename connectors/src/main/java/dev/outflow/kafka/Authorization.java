package dev.outflow.kafka;

/** Whether a client is authorized for an operation. */
public enum Authorization {
  ALLOWED,
  DENIED,
  /** The brokers do not report permissions: they are older than Kafka 2.3, or not Apache Kafka. */
  UNKNOWN
}
