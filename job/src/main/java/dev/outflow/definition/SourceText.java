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
import org.apache.flink.core.fs.Path;

/**
 * A file as it was found: by its path, by a URI of any file system that Flink knows, or in the jar.
 *
 * @param location where it was found: a path as it was written, or a URI
 * @param text the whole of it
 */
record SourceText(String location, String text) {
  private static final String JAR = "jar:";

  /**
   * Reads a file; a relative path is looked for on the search path.
   *
   * @throws InvalidDefinitionException if it cannot be read; {@code property} names it there
   */
  static SourceText find(String written, SearchPath search) {
    Location mentioned = Location.of(written);
    if (isUri(written)) {
      return read(written, mentioned, "");
    }
    String location =
        search.find(written).orElseThrow(() -> unreadable(mentioned, "", search.nowhere(written)));
    return read(location, mentioned, "");
  }

  /**
   * Reads another file, whose path is seen from the folder of this one, wherever this one is.
   *
   * @throws InvalidDefinitionException if it cannot be read; {@code property} names it there
   */
  SourceText beside(String relative, Location mentioned, String property) {
    if (isUri(relative) || relative.startsWith("/")) {
      return read(relative, mentioned, property);
    }
    String file = location.substring(0, location.lastIndexOf('/') + 1) + relative;
    return read(file.startsWith(JAR) ? withoutDots(file) : file, mentioned, property);
  }

  /** A jar has entries and no folders: {@code conf/../queries/a.sql} is none of them. */
  private static String withoutDots(String entry) {
    int begin = entry.indexOf("!/") + 2;
    String path = java.nio.file.Path.of(entry.substring(begin)).normalize().toString();
    return entry.substring(0, begin) + path.replace('\\', '/');
  }

  private static SourceText read(String location, Location mentioned, String property) {
    try (InputStream in = open(location)) {
      String text = new String(in.readAllBytes(), UTF_8);
      return new SourceText(location, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw unreadable(mentioned, property, "there is no file " + location);
    } catch (IOException e) {
      throw unreadable(mentioned, property, "cannot read " + location + ": " + e.getMessage());
    }
  }

  private static InputStream open(String location) throws IOException {
    if (location.startsWith(JAR)) {
      URLConnection entry = URI.create(location).toURL().openConnection();
      entry.setUseCaches(false); // A cached jar stays open, and shadows a newer one of its name.
      return entry.getInputStream();
    }
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
      Location mentioned, String property, String message) {
    return new InvalidDefinitionException(List.of(new Problem(mentioned, property, message)));
  }
}
