package dev.outflow.benchmark;

import java.io.IOException;

/** Reads and writes readings of one format; keeps its buffers, so one thread has its own. */
interface ReadingCodec {
  /** What a job writes: all but the region. */
  byte[] written(Reading reading) throws IOException;

  /** What a job reads. */
  byte[] input(Reading reading) throws IOException;

  Reading read(byte[] input) throws IOException;

  /**
   * A row of the window query.
   *
   * @param begin of the window, in ms since 1970
   */
  byte[] window(String device, long begin, long count, double average) throws IOException;
}
