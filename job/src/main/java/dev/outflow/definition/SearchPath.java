package dev.outflow.definition;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * Where a file with a relative path may be: in the working directory, beside the jar, or in the
 * jar, in this order. The jar is where a cluster that was given nothing else finds the definition.
 *
 * @param jarFolder where the jar of this class is; empty if it is in none
 * @param classes what is in the jar, and on the class path beside it
 */
record SearchPath(Optional<Path> jarFolder, ClassLoader classes) {

  /** That of the running program. */
  static SearchPath here() {
    return new SearchPath(folderOfOwnJar(), Thread.currentThread().getContextClassLoader());
  }

  /** A path or URI under which the file can be read, if it is anywhere. */
  Optional<String> find(String file) {
    Path path = Path.of(file);
    if (Files.exists(path)) {
      return Optional.of(file);
    }
    if (path.isAbsolute()) {
      return Optional.empty();
    }
    return jarFolder
        .map(folder -> folder.resolve(path))
        .filter(Files::exists)
        .map(Path::toString)
        .or(() -> inTheJar(path));
  }

  /** What to say of a file that is nowhere. */
  String nowhere(String file) {
    return Path.of(file).isAbsolute()
        ? "there is no file " + file
        : "there is no file %s: looked in the working directory %s%s and in the jar"
            .formatted(
                file,
                Path.of("").toAbsolutePath(),
                jarFolder.map(folder -> ", beside the jar in " + folder).orElse(""));
  }

  private Optional<String> inTheJar(Path path) {
    String entry = path.normalize().toString().replace('\\', '/');
    return Optional.ofNullable(classes.getResource(entry)).map(URL::toString);
  }

  private static Optional<Path> folderOfOwnJar() {
    return Optional.ofNullable(SearchPath.class.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .flatMap(SearchPath::folderOf);
  }

  /** The folder of a jar; empty if it is none, or in no local folder. */
  static Optional<Path> folderOf(URL jar) {
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
    // In usrlib/ Flink calls it by a relative path, which nothing encodes.
    return Path.of(location.getPath());
  }
}
