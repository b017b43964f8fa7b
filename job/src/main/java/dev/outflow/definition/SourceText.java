package dev.outflow.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.apache.flink.core.fs.Path;

/** Reads a file by its path, or by a URI of any file system that Flink knows. */
final class SourceText {
  private SourceText() {}

  /**
   * The whole text.
   *
   * @throws InvalidDefinitionException if it cannot be read; {@code property} names it there
   */
  static String read(String location, Place mentioned, String property) {
    try (InputStream in = open(location)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (FileNotFoundException | java.nio.file.NoSuchFileException e) {
      throw unreadable(mentioned, property, "there is no file " + location);
    } catch (IOException e) {
      throw unreadable(mentioned, property, "cannot read " + location + ": " + e.getMessage());
    }
  }

  /** {@code relative} as seen from the folder of {@code file}. */
  static String beside(String file, String relative) {
    if (isUri(relative) || relative.startsWith("/")) {
      return relative;
    }
    int slash = file.lastIndexOf('/');
    return file.substring(0, slash + 1) + relative;
  }

  private static InputStream open(String location) throws IOException {
    if (isUri(location)) {
      Path path = new Path(URI.create(location));
      return path.getFileSystem().open(path);
    }
    return Files.newInputStream(java.nio.file.Path.of(location));
  }

  private static boolean isUri(String location) {
    return location.matches("[a-z][a-z0-9]+:.*");
  }

  private static InvalidDefinitionException unreadable(
      Place mentioned, String property, String message) {
    return new InvalidDefinitionException(List.of(new Problem(mentioned, property, message)));
  }
}
