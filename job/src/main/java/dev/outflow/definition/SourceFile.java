package dev.outflow.definition;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * A file read from a path, from a URI of any file system that Flink supports, or from the jar.
 *
 * @param path the path as written, or the URI
 * @param text the whole content
 */
record SourceFile(String path, String text) {
  private static final String JAR = "jar:";
  private static final Pattern ILLEGAL_IN_URI =
      Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}\\x7F]|%(?!\\p{XDigit}{2})");

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
    checkPath(written, problem);
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
    return read(sibling(written, problem), problem);
  }

  /**
   * Returns the path of another file; a relative path is resolved as by {@link #readSibling}.
   *
   * @throws InvalidDefinitionException if the file does not exist or is in a jar
   */
  String existingSibling(String written, Function<String, Problem> problem) {
    String sibling = sibling(written, problem);
    if (sibling.startsWith(JAR)) {
      throw unreadable(
          problem,
          "cannot be in the jar of the definition: " + written + "; use a path outside of it");
    }
    try {
      Path file = isUri(sibling) ? new Path(uri(sibling)) : new Path(sibling);
      if (!file.getFileSystem().exists(file)) {
        throw unreadable(problem, "file not found: " + sibling);
      }
    } catch (IOException e) {
      throw unreadable(problem, "cannot read " + sibling + ": " + e.getMessage());
    }
    return sibling;
  }

  private String sibling(String written, Function<String, Problem> problem) {
    checkPath(written, problem);
    if (isUri(written) || written.startsWith("/")) {
      return written;
    }
    String sibling = path.substring(0, path.lastIndexOf('/') + 1) + written;
    return sibling.startsWith(JAR) ? normalized(sibling) : sibling;
  }

  /** Java cannot name every file: its encoding of names is that of the locale. */
  private static void checkPath(String written, Function<String, Problem> problem) {
    try {
      java.nio.file.Path unused = java.nio.file.Path.of(written);
    } catch (InvalidPathException e) {
      throw unreadable(
          problem,
          "cannot read %s, because Java reads names of files in %s; set the environment variable LC_ALL, e.g. to C.UTF-8"
              .formatted(written, System.getProperty("sun.jnu.encoding")));
    }
  }

  /** Resolves {@code ..} itself, because the entries of a jar are not in directories. */
  private static String normalized(String entry) {
    int begin = entry.indexOf("!/") + 2;
    String path = java.nio.file.Path.of(entry.substring(begin)).normalize().toString();
    return entry.substring(0, begin) + path.replace('\\', '/');
  }

  private static SourceFile read(String path, Function<String, Problem> problem) {
    try (InputStream in = open(path)) {
      return new SourceFile(path, Utf8.decode(in.readAllBytes()));
    } catch (CharacterCodingException e) {
      throw unreadable(problem, path + " " + e.getMessage());
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw unreadable(problem, "file not found: " + path);
    } catch (IOException e) {
      throw unreadable(problem, "cannot read " + path + ": " + e.getMessage());
    }
  }

  private static InputStream open(String path) throws IOException {
    if (path.startsWith(JAR)) {
      URLConnection entry = uri(path).toURL().openConnection();
      entry.setUseCaches(false); // A cached jar stays open and shadows a newer one of its name.
      return entry.getInputStream();
    }
    if (isUri(path)) {
      Path file = new Path(uri(path));
      return file.getFileSystem().open(file);
    }
    return Files.newInputStream(java.nio.file.Path.of(path));
  }

  /** Returns a URI, with blanks and other characters that a URI must not contain encoded. */
  private static URI uri(String path) {
    return URI.create(
        ILLEGAL_IN_URI
            .matcher(path)
            .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0))));
  }

  private static boolean isUri(String path) {
    return path.matches("[a-z][a-z0-9]+:.*");
  }

  private static InvalidDefinitionException unreadable(
      Function<String, Problem> problem, String message) {
    return new InvalidDefinitionException(List.of(problem.apply(message)));
  }
}
