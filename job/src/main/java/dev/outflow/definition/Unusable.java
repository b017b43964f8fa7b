package dev.outflow.definition;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a definition that could be neither read nor repaired. Further checks skip them and
 * what depends on them, because their problems are already reported.
 *
 * @param paths sections such as {@code queries}, and their entries such as {@code inputs.orders}
 */
public record Unusable(Set<String> paths) {
  static final Unusable NOTHING = new Unusable(Set.of());

  public Unusable {
    paths = Set.copyOf(paths);
  }

  /** Returns these parts and another one. */
  public Unusable with(String path) {
    return new Unusable(Stream.concat(paths.stream(), Stream.of(path)).collect(Collectors.toSet()));
  }

  /** Returns whether the section or entry at {@code path} is unusable. */
  public boolean contains(String path) {
    return paths.contains(path);
  }

  /** Returns whether a section or any of its entries is unusable. */
  boolean affects(String section) {
    return paths.stream().anyMatch(path -> path.equals(section) || path.startsWith(section + "."));
  }

  /** Returns the names of the inputs, queries and outputs that are unusable. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    paths.stream()
        .map(path -> path.split("\\.", 2))
        .forEach(keys -> names.add(keys[keys.length - 1]));
    return names;
  }
}
