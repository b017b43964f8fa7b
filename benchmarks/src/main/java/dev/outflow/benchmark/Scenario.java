package dev.outflow.benchmark;

/** The job of a workload. */
enum Scenario {
  /** Kafka to Kafka: selects four of five records, without one of their columns. */
  FILTER,
  /** Flink's generator to Kafka. */
  GENERATOR,
  /** Kafka to Kafka: count and average temperature per device and ten seconds. */
  WINDOW
}
