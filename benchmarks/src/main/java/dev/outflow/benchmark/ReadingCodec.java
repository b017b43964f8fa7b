package dev.outflow.benchmark;

import java.io.IOException;

/** Encodes and decodes readings in one format. Reuses its buffers, so it is not thread-safe. */
interface ReadingCodec {
  /** Encodes an output record: all columns but the region. */
  byte[] output(Reading reading) throws IOException;

  /** Encodes an input record. */
  byte[] input(Reading reading) throws IOException;

  /** Decodes an input record. */
  Reading read(byte[] input) throws IOException;

  /**
   * Encodes a row of the window query.
   *
   * @param begin of the window, in ms since the epoch
   */
  byte[] window(String device, long begin, long count, double average) throws IOException;
}
