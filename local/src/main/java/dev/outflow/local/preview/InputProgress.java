package dev.outflow.local.preview;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the job has read from an input so far. Written by one task, read by the terminal. */
final class InputProgress {
  private long rows;
  private long blank;
  private long late;
  private final Map<String, Long> bad = new TreeMap<>();
  private long watermark = Long.MIN_VALUE;
  private boolean open;

  /**
   * Progress at one moment.
   *
   * @param isOpen whether its task runs
   * @param rows rows without those of bad records
   * @param blank rows without a value in any column of the format
   * @param late rows whose event time the watermark had passed
   * @param bad the number of bad records by their error code
   * @param watermark empty if there is none yet
   */
  record Snapshot(
      boolean isOpen,
      long rows,
      long blank,
      long late,
      Map<String, Long> bad,
      Optional<Instant> watermark) {
    long badRecords() {
      return bad.values().stream().mapToLong(Long::longValue).sum();
    }

    long total() {
      return rows + badRecords();
    }
  }

  synchronized void open() {
    open = true;
  }

  synchronized void row(boolean isBlank, boolean isLate) {
    rows++;
    blank += isBlank ? 1 : 0;
    late += isLate ? 1 : 0;
  }

  synchronized void bad(String code) {
    bad.merge(code, 1L, Long::sum);
  }

  /** Records a watermark in ms since the epoch. */
  synchronized void watermark(long time) {
    watermark = time;
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(
        open,
        rows,
        blank,
        late,
        Map.copyOf(new TreeMap<>(bad)),
        watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(watermark)));
  }
}
