package dev.outflow.job;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A checkpoint or savepoint that a job can be started from.
 *
 * @param completed when it was completed, by the clock of the file system
 * @param path the argument of {@code flink run -s}
 */
record RetainedCheckpoint(Instant completed, Path path) {
  /** Flink writes it last, so that a directory without it is incomplete. */
  private static final String METADATA = "_metadata";

  /**
   * Returns those in {@code execution.checkpointing.dir}, which has a directory for each job id, or
   * in {@code execution.checkpointing.savepoint-dir}; the newest last.
   *
   * @throws IOException if a directory cannot be listed
   */
  static List<RetainedCheckpoint> list(Path root) throws IOException {
    FileSystem files = root.getFileSystem();
    List<RetainedCheckpoint> found = new ArrayList<>();
    for (FileStatus child : directories(files, root)) {
      Optional<RetainedCheckpoint> savepoint = of(files, child.getPath());
      savepoint.ifPresent(found::add);
      if (savepoint.isEmpty()) {
        for (FileStatus checkpoint : directories(files, child.getPath())) {
          of(files, checkpoint.getPath()).ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparing(RetainedCheckpoint::completed));
    return found;
  }

  private static List<FileStatus> directories(FileSystem files, Path parent) throws IOException {
    FileStatus[] children = files.listStatus(parent);
    return children == null
        ? List.of()
        : List.of(children).stream().filter(FileStatus::isDir).toList();
  }

  private static Optional<RetainedCheckpoint> of(FileSystem files, Path directory)
      throws IOException {
    Path metadata = new Path(directory, METADATA);
    if (!files.exists(metadata)) {
      return Optional.empty();
    }
    Instant completed = Instant.ofEpochMilli(files.getFileStatus(metadata).getModificationTime());
    return Optional.of(new RetainedCheckpoint(completed, directory));
  }

  @Override
  public String toString() {
    return completed.truncatedTo(ChronoUnit.SECONDS) + "  " + path;
  }
}
