package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.Comparator;

/**
 * A location in a definition.
 *
 * @param file the file as the user named it, or {@code --set}
 * @param line counted from 1, or 0 for the file as a whole
 * @param column counted from 1, or 0 for the line as a whole
 */
public record Location(String file, int line, int column) implements Comparable<Location> {
  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::file)
          .thenComparingInt(Location::line)
          .thenComparingInt(Location::column);

  /** Returns the location of the file as a whole. */
  public static Location of(String file) {
    return new Location(file, 0, 0);
  }

  /** Returns the location of a parser, or of the file as a whole if the parser has none. */
  static Location of(String file, JsonLocation location) {
    return location == null
        ? of(file)
        : new Location(file, location.getLineNr(), location.getColumnNr());
  }

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }

  /** {@code conf/job.yaml:29:5}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
