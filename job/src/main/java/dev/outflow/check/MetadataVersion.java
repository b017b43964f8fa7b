package dev.outflow.check;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which release a KRaft cluster says that it is at: its feature {@code metadata.version}, which is
 * a number that goes up with every change of what is stored.
 */
final class MetadataVersion {
  static final String FEATURE = "metadata.version";

  /** The first number of each release. */
  private static final NavigableMap<Integer, String> RELEASES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(7, "3.3"),
              Map.entry(8, "3.4"),
              Map.entry(9, "3.5"),
              Map.entry(12, "3.6"),
              Map.entry(15, "3.7"),
              Map.entry(20, "3.8"),
              Map.entry(21, "3.9"),
              Map.entry(22, "4.0"),
              Map.entry(26, "4.1"),
              Map.entry(28, "4.2"),
              Map.entry(30, "4.3")));

  private MetadataVersion() {}

  /** {@code 4.2}, or {@code 4.3 or newer} for what is newer than this list. */
  static String release(int level) {
    Map.Entry<Integer, String> release = RELEASES.floorEntry(level);
    if (release == null) {
      return "older than " + RELEASES.firstEntry().getValue();
    }
    return level > RELEASES.lastKey() ? release.getValue() + " or newer" : release.getValue();
  }
}
