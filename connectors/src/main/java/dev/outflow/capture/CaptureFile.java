package dev.outflow.capture;

import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * What the path of a file of Event Hubs Capture says.
 *
 * @param start when the file's time window began, in UTC
 */
public record CaptureFile(String eventHub, int partition, LocalDateTime start)
    implements Comparable<CaptureFile> {
  private static final Comparator<CaptureFile> BY_TIME =
      Comparator.comparing(CaptureFile::start)
          .thenComparing(CaptureFile::eventHub)
          .thenComparing(CaptureFile::partition);

  /** Orders by time, then by event hub and partition. */
  @Override
  public int compareTo(CaptureFile other) {
    return BY_TIME.compare(this, other);
  }
}
