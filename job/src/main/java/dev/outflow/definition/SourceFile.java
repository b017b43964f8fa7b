package dev.outflow.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.fs.Path;

/**
 * A file read from a path, from a URI of any file system that Flink supports, or from the jar.
 *
 * @param path the path as written, or the URI
 * @param text the whole content
 */
record SourceFile(String path, String text) {
  private static final String JAR = "jar:";

  /**
   * Reads a file; looks up a relative path on the search path.
   *
   * @throws InvalidDefinitionException if it cannot be read
   */
  static SourceFile read(String written, SearchPath search) {
    Function<String, Problem> problem = message -> new Problem(Location.of(written), "", message);
    if (isUri(written)) {
      return read(written, problem);
    }
    return read(
        search.find(written).orElseThrow(() -> unreadable(problem, search.notFound(written))),
        problem);
  }

  /**
   * Reads another file; a relative path is resolved against the directory of this one.
   *
   * @param problem makes a problem of a message, at the place where the other file is named
   * @throws InvalidDefinitionException if it cannot be read
   */
  SourceFile readSibling(String written, Function<String, Problem> problem) {
    if (isUri(written) || written.startsWith("/")) {
      return read(written, problem);
    }
    String sibling = path.substring(0, path.lastIndexOf('/') + 1) + written;
    return read(sibling.startsWith(JAR) ? normalized(sibling) : sibling, problem);
  }

  /** Resolves {@code ..} itself, because the entries of a jar are not in directories. */
  private static String normalized(String entry) {
    int begin = entry.indexOf("!/") + 2;
    String path = java.nio.file.Path.of(entry.substring(begin)).normalize().toString();
    return entry.substring(0, begin) + path.replace('\\', '/');
  }

  private static SourceFile read(String path, Function<String, Problem> problem) {
    try (InputStream in = open(path)) {
      String text = new String(in.readAllBytes(), UTF_8);
      return new SourceFile(path, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw unreadable(problem, "file not found: " + path);
    } catch (IOException e) {
      throw unreadable(problem, "cannot read " + path + ": " + e.getMessage());
    }
  }

  private static InputStream open(String path) throws IOException {
    if (path.startsWith(JAR)) {
      URLConnection entry = URI.create(path).toURL().openConnection();
      entry.setUseCaches(false); // A cached jar stays open and shadows a newer one of its name.
      return entry.getInputStream();
    }
    if (isUri(path)) {
      Path file = new Path(URI.create(path));
      return file.getFileSystem().open(file);
    }
    return Files.newInputStream(java.nio.file.Path.of(path));
  }

  private static boolean isUri(String path) {
    return path.matches("[a-z][a-z0-9]+:.*");
  }

  private static InvalidDefinitionException unreadable(
      Function<String, Problem> problem, String message) {
    return new InvalidDefinitionException(List.of(problem.apply(message)));
  }
}
