package dev.outflow.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * The places where a relative path is looked up: the working directory, the jar's directory, then
 * the jar itself, where a cluster that received nothing but the jar finds the definition.
 *
 * @param jarDirectory the directory of the jar with this class; empty outside of a jar
 * @param classes loads entries of the jar
 */
record SearchPath(Optional<Path> jarDirectory, ClassLoader classes) {

  /** Returns the search path of the running program. */
  static SearchPath here() {
    return new SearchPath(
        Optional.ofNullable(SearchPath.class.getProtectionDomain().getCodeSource())
            .map(CodeSource::getLocation)
            .flatMap(SearchPath::directoryOf),
        Thread.currentThread().getContextClassLoader());
  }

  /** Returns the path or URI under which the file can be read, if it exists. */
  Optional<String> find(String file) {
    Path path = Path.of(file);
    if (path.isAbsolute() || Files.exists(path)) {
      return Optional.of(file).filter(name -> Files.exists(path));
    }
    return jarDirectory
        .map(directory -> directory.resolve(path))
        .filter(Files::exists)
        .map(Path::toString)
        .or(() -> entry(path));
  }

  /** Returns the message about a file that was not found. */
  String notFound(String file) {
    return Path.of(file).isAbsolute()
        ? "file not found: " + file
        : "file not found: %s (searched the working directory %s%s and the jar)"
            .formatted(
                file,
                Path.of("").toAbsolutePath(),
                jarDirectory.map(", the jar's directory %s"::formatted).orElse(""));
  }

  private Optional<String> entry(Path path) {
    String name = path.normalize().toString().replace('\\', '/');
    return Optional.ofNullable(classes.getResource(name)).map(URL::toString);
  }

  /** Returns the directory of a jar; empty for anything else and for a remote jar. */
  static Optional<Path> directoryOf(URL jar) {
    if (!jar.getProtocol().equals("file") || !jar.getPath().endsWith(".jar")) {
      return Optional.empty();
    }
    return Optional.of(file(jar).toAbsolutePath().getParent());
  }

  private static Path file(URL location) {
    try {
      URI uri = location.toURI();
      if (!uri.isOpaque()) {
        return Path.of(uri);
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    // Flink names a jar in usrlib/ by a relative path that is not URL-encoded.
    return Path.of(location.getPath());
  }
}
