package dev.outflow.benchmark;

/**
 * A device's measurement: the record that all benchmarks use.
 *
 * @param sent in ms since the epoch
 * @param region not selected by any query
 */
record Reading(long id, String device, double temperature, long sent, String note, String region) {
  /** True for four of five readings. */
  boolean warm() {
    return temperature >= 20;
  }
}
