package dev.outflow.local.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The state of files at one time, as far as it shows whether they are saved.
 *
 * @param stamps of the files that exist
 */
record FileStamps(Map<Path, Stamp> stamps) {
  private static final int MAX_DEPTH = 8;

  /**
   * The state of a file.
   *
   * @param file the identity of the file, which changes if an editor replaces it; null where the
   *     file system has none
   */
  record Stamp(FileTime modified, long size, Object file) {}

  /** Takes the stamps of files, and of all files in folders. */
  static FileStamps of(Collection<Path> paths) {
    Map<Path, Stamp> stamps = new HashMap<>();
    paths.stream()
        .flatMap(path -> Files.isDirectory(path) ? in(path).stream() : Stream.of(path))
        .forEach(file -> of(file).ifPresent(stamp -> stamps.put(file, stamp)));
    return new FileStamps(stamps);
  }

  private static Optional<Stamp> of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()))
          .filter(stamp -> now.isRegularFile());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Backups and swap files of editors are left out. */
  private static List<Path> in(Path folder) {
    try (Stream<Path> found = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return found.filter(file -> !isBackup(file.getFileName().toString())).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // A folder has vanished; the next stamps show what is left.
    }
  }

  private static boolean isBackup(String name) {
    return name.startsWith(".") || name.endsWith("~");
  }

  /** Returns these stamps, with those of files that only {@code others} has. */
  FileStamps or(FileStamps others) {
    Map<Path, Stamp> all = new HashMap<>(others.stamps);
    all.putAll(stamps);
    return new FileStamps(all);
  }

  /** Returns whether all these files exist in {@code later}. */
  boolean allExistIn(FileStamps later) {
    return later.stamps.keySet().containsAll(stamps.keySet());
  }

  /** Returns the files that were created, saved or deleted since. */
  Set<Path> changedIn(FileStamps later) {
    Set<Path> changed = new TreeSet<>(stamps.keySet());
    changed.addAll(later.stamps.keySet());
    changed.removeIf(
        file -> stamps.containsKey(file) && stamps.get(file).equals(later.stamps.get(file)));
    return changed;
  }
}
