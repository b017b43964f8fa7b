package dev.outflow.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records a sample has.
 *
 * @param records how many records at most
 * @param since the time of the first record; by default, the sample is of the latest records
 * @param timeout how long to read at most
 */
public record SampleSize(int records, Optional<Instant> since, Duration timeout) {
  /** The values and keys of a sample are not larger together, except for a single record. */
  static final long MAX_BYTES = 64L * 1024 * 1024;

  public SampleSize {
    if (records < 1) {
      throw new IllegalArgumentException("a sample has at least one record");
    }
  }
}
