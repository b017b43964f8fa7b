package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.Comparator;

/**
 * Where in a definition something stands.
 *
 * @param file the file as the user named it, or {@code --set}
 * @param line counted from 1, or 0 for the file as a whole
 * @param column counted from 1, or 0 for the line as a whole
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  /** The file as a whole. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** Where a parser is; the file as a whole if it does not know. */
  static Place of(String file, JsonLocation location) {
    return location == null
        ? of(file)
        : new Place(file, location.getLineNr(), location.getColumnNr());
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code conf/job.yaml:29:5}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
