package dev.outflow.benchmark;

/** A delivery guarantee and the checkpoint interval. */
record Delivery(String guarantee, int intervalSeconds) {
  static final Delivery AT_LEAST_ONCE = new Delivery("at-least-once", 10);
  static final Delivery EVERY_10_S = new Delivery("exactly-once", 10);
  static final Delivery EVERY_1_S = new Delivery("exactly-once", 1);

  boolean exactlyOnce() {
    return guarantee.equals("exactly-once");
  }

  @Override
  public String toString() {
    return "%s, checkpoint every %d s".formatted(guarantee, intervalSeconds);
  }
}
