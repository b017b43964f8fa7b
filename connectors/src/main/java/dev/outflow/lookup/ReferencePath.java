package dev.outflow.lookup;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Where reference data is: always the same file, or the newest of several. */
sealed interface ReferencePath extends Serializable permits DatedPath, ReferencePath.FixedPath {
  /**
   * Returns the path that an option contains.
   *
   * @param dateFormat of {@code {date}}, e.g. {@code yyyy/MM/dd}; slashes separate folders
   * @param timeFormat of {@code {time}}, e.g. {@code HH-mm}
   */
  static ReferencePath of(String path, String dateFormat, String timeFormat) {
    return DatedPath.isIn(path) ? DatedPath.of(path, dateFormat, timeFormat) : new FixedPath(path);
  }

  /** Returns the path as the user wrote it. */
  String written();

  /** Returns the file that is current at {@code now}. */
  FileStatus current(Instant now) throws IOException;

  /** A path without date and time. */
  record FixedPath(String written) implements ReferencePath {
    @Override
    public FileStatus current(Instant now) throws IOException {
      Path file = new Path(written);
      return file.getFileSystem().getFileStatus(file);
    }
  }
}
