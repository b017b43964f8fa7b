package dev.outflow.local.preview;

/** What the job would have written to an output. Written by one task, read by the terminal. */
final class OutputProgress {
  private long rows;
  private long bad;
  private boolean open;

  /** Progress at one moment; not open: the limits of its topics are being read. */
  record Snapshot(boolean isOpen, long rows, long bad) {}

  synchronized void open() {
    open = true;
  }

  synchronized void row() {
    rows++;
  }

  synchronized void bad() {
    bad++;
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(open, rows, bad);
  }
}
