package dev.outflow.benchmark;

/** The programs that are compared. */
enum Peer {
  OUTFLOW("Outflow"),
  SQL("Flink SQL, kafka connector"),
  HAND_WRITTEN("hand-written DataStream job"),
  PERF_TEST("kafka-producer-perf-test");

  private final String title;

  Peer(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
