package dev.outflow.benchmark;

/**
 * What a device has sent: a record of the benchmarks.
 *
 * @param sent ms since 1970
 * @param region which no query asks for
 */
record Reading(long id, String device, double temperature, long sent, String note, String region) {
  /** Four of five readings are. */
  boolean warm() {
    return temperature >= 20;
  }
}
