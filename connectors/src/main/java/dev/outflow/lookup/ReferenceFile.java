package dev.outflow.lookup;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.RowConsumer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;

/**
 * A file of reference data.
 *
 * @param path where it is
 * @param reader reads the whole file as one message
 * @param hasOne whether each row ends with the number 1
 */
record ReferenceFile(ReferencePath path, MessageReader reader, boolean hasOne)
    implements Serializable {
  private static final RowData ONE = GenericRowData.of(OneColumn.VALUE);

  /** Returns the same file, with the number 1 at the end of each row or without. */
  ReferenceFile withOne(boolean wanted) {
    return new ReferenceFile(path, reader, wanted);
  }

  /**
   * Identifies the content of a file without reading it.
   *
   * @param length in bytes
   * @param modified in ms since 1970
   */
  record Version(Path file, long length, long modified) {
    private static Version of(FileStatus status) {
      return new Version(status.getPath(), status.getLen(), status.getModificationTime());
    }
  }

  /** Prepares for reading, once per task. */
  void open() throws IOException {
    try {
      reader.open(null); // Outflow's readers do not use the context.
    } catch (Exception e) {
      throw new ReferenceDataException(path.written() + ": " + e.getMessage(), e);
    }
  }

  /** Returns the version that is current at {@code now}. */
  Version version(Instant now) throws IOException {
    try {
      return Version.of(path.current(now));
    } catch (FileNotFoundException e) {
      throw new ReferenceDataException(path.written() + ": file not found", e);
    }
  }

  /**
   * Reads all rows of a version.
   *
   * @throws ReferenceDataException if a row is invalid, or the file changes in the meantime
   */
  List<RowData> read(Version version) throws IOException {
    byte[] content;
    try (InputStream in = version.file().getFileSystem().open(version.file())) {
      content = in.readAllBytes();
    }
    FileStatus after = version.file().getFileSystem().getFileStatus(version.file());
    if (!Version.of(after).equals(version)) {
      throw new ReferenceDataException(
          version.file()
              + " changed while it was read; write a new file, and then rename it to this one");
    }
    Rows rows = new Rows();
    try {
      reader.read(content, rows);
    } catch (IOException e) {
      throw new ReferenceDataException(version.file() + ": " + e.getMessage(), e);
    }
    if (rows.problem != null) {
      throw new ReferenceDataException(version.file() + ": " + rows.problem);
    }
    return hasOne
        ? rows.good.stream().<RowData>map(row -> new JoinedRowData(row, ONE)).toList()
        : rows.good;
  }

  /** Collects rows and the first problem. */
  private static final class Rows implements RowConsumer {
    private final List<RowData> good = new ArrayList<>();
    private String problem;

    @Override
    public void row(RowData row) {
      good.add(row);
    }

    @Override
    public void invalid(int number, InvalidValueException invalid) {
      if (problem == null) {
        problem =
            "row %d%s %s"
                .formatted(
                    number,
                    invalid.column().map(", column '%s',"::formatted).orElse(""),
                    invalid.getMessage());
      }
    }
  }
}
