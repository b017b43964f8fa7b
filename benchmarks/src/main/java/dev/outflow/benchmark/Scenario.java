package dev.outflow.benchmark;

/** What a job does. */
enum Scenario {
  /** Kafka to Kafka: four of five records, without one of their columns. */
  FILTER,
  /** Flink's generator to Kafka. */
  GENERATOR,
  /** Kafka to Kafka: how many, and how warm, in each ten seconds for each device. */
  WINDOW
}
