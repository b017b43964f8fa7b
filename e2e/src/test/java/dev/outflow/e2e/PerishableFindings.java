package dev.outflow.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What became of the records of a {@link PerishableTopic}.
 *
 * @param unannounced records that are missing although no alarm says so
 * @param mistaken records that arrived although an alarm says that they are lost
 * @param falseAlarms alarms without a loss
 * @param duplicated how many records arrived more than once
 * @param slowest the longest time from a loss to its alarm
 */
record PerishableFindings(
    int written,
    int lost,
    Set<String> unannounced,
    Set<String> mistaken,
    List<LossAlarm> falseAlarms,
    int duplicated,
    Duration slowest) {

  /** Returns whether exactly what is missing was announced. */
  boolean areAsAnnounced() {
    return unannounced.isEmpty() && mistaken.isEmpty() && falseAlarms.isEmpty() && duplicated == 0;
  }

  @Override
  public String toString() {
    return "perishable input: %d records, %d deleted before they were read, of which %d unannounced; %d false alarms, %d records falsely announced, %d duplicated; slowest alarm after %.1f s%s"
        .formatted(
            written,
            lost,
            unannounced.size(),
            falseAlarms.size(),
            mistaken.size(),
            duplicated,
            slowest.toMillis() / 1000.0,
            areAsAnnounced() ? "" : " " + unannounced + mistaken + falseAlarms);
  }
}
