package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the local files that a definition depends on, so that commands can notice when one is
 * saved: the definition itself, the file of its environment, and what its values name, e.g.
 * queries, scripts, schemas and jars.
 */
public final class DefinitionFiles {
  /** A text on one line with a directory or an extension. */
  private static final Pattern PATH = Pattern.compile("[^\\n]{0,254}[./][^\\n]{0,254}");

  private DefinitionFiles() {}

  /**
   * Returns every path that may be such a file, whether or not it exists: a text that is not a path
   * costs nothing. Of a definition that cannot be read, only its own files.
   */
  public static Set<Path> of(DefinitionSource source) {
    Set<Path> files = new LinkedHashSet<>();
    path(source.file())
        .ifPresent(
            file -> {
              add(files, file, source);
              source
                  .environment()
                  .flatMap(name -> path(EnvironmentFile.siblingOf(source.file(), name)))
                  .ifPresent(environment -> add(files, environment, source));
              for (String override : source.overrides()) {
                addNamed(files, file, override.substring(override.indexOf('=') + 1));
              }
            });
    return files;
  }

  private static void add(Set<Path> files, Path file, DefinitionSource source) {
    files.add(file);
    try {
      JsonNode content =
          YamlDocument.parse(SourceFile.read(file.toString(), SearchPath.here())).content();
      addValues(files, Path.of(source.file()), content);
    } catch (InvalidDefinitionException e) {
      // Reading the definition reports it.
    }
  }

  private static void addValues(Set<Path> files, Path definition, JsonNode value) {
    if (value.isTextual()) {
      addNamed(files, definition, value.asText());
    }
    value.forEach(child -> addValues(files, definition, child));
  }

  /** Queries are relative to the definition, files of connectors to the working directory. */
  private static void addNamed(Set<Path> files, Path definition, String written) {
    String text = written.strip();
    if (PATH.matcher(text).matches()) {
      path(text)
          .ifPresent(
              named -> files.addAll(List.of(definition.resolveSibling(named).normalize(), named)));
    }
  }

  private static Optional<Path> path(String written) {
    try {
      return Optional.of(Path.of(written).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty(); // For example, a URI on another file system.
    }
  }
}
