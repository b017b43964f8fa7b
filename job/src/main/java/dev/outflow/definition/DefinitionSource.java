package dev.outflow.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a definition is read from.
 *
 * @param file a URI of a file system that Flink supports, or a path. A relative path is looked up
 *     in the working directory, the jar's directory and the jar
 * @param environment the environment whose file overrides {@code file}: {@code prod} for {@code
 *     job.prod.yaml} next to {@code job.yaml}
 * @param overrides properties of the form {@code path=value}; later ones win, also over the
 *     environment
 */
public record DefinitionSource(String file, Optional<String> environment, List<String> overrides) {
  public DefinitionSource {
    overrides = List.copyOf(overrides);
  }

  /** Returns a definition of a file only. */
  public static DefinitionSource of(String file) {
    return new DefinitionSource(file, Optional.empty(), List.of());
  }

  /**
   * Returns the arguments of a command: {@code conf/job.yaml --env prod}, without the overrides.
   */
  @Override
  public String toString() {
    return file + environment.map(" --env "::concat).orElse("");
  }

  /** Returns this with further overrides. */
  public DefinitionSource with(List<String> furtherOverrides) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(furtherOverrides);
    return new DefinitionSource(file, environment, all);
  }
}
