package dev.outflow.definition;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The locations of the properties of a definition.
 *
 * @param file the definition's file
 * @param keys the location of a path such as {@code outputs.large_orders.topic}; empty if it is not
 *     written
 */
record Locations(String file, Function<String, Optional<Location>> keys) {

  /** Returns these locations for paths that {@code writtenAs} translates to those in the file. */
  Locations with(UnaryOperator<String> writtenAs) {
    return new Locations(file, path -> keys.apply(writtenAs.apply(path)));
  }

  /** Returns the location of {@code path} or, if it is not in the file, of its nearest parent. */
  Location of(String path) {
    for (String parent = path; !parent.isEmpty(); parent = parent(parent)) {
      Optional<Location> location = keys.apply(parent);
      if (location.isPresent()) {
        return location.get();
      }
    }
    return Location.of(file);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
