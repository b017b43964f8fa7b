package dev.outflow.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files of Event Hubs Capture. With a monitor interval, a file is only listed if it has
 * not changed since the previous listing, so that it is complete.
 */
final class CaptureFileEnumerator implements FileEnumerator {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureFileEnumerator.class);

  private final ArchiveNameFormat names;
  private final boolean isMonitoring;
  private Map<Path, Version> previous = Map.of();
  private long ignored;

  CaptureFileEnumerator(ArchiveNameFormat names, boolean isMonitoring) {
    this.names = names;
    this.isMonitoring = isMonitoring;
  }

  /** Identifies the content of a file without reading it. */
  private record Version(long length, long modified) {}

  @Override
  public Collection<FileSourceSplit> enumerateSplits(Path[] folders, int minDesiredSplits)
      throws IOException {
    List<FileSourceSplit> splits = new ArrayList<>();
    Map<Path, Version> current = new HashMap<>();
    long others = 0;
    for (Path folder : folders) {
      for (FileStatus file : CaptureFolder.files(folder)) {
        if (names.file(file.getPath()).isEmpty()) {
          others++;
          continue;
        }
        if (file.getLen() == 0) {
          continue; // Not written yet; a file without events has a schema.
        }
        Version version = new Version(file.getLen(), file.getModificationTime());
        current.put(file.getPath(), version);
        if (!isMonitoring || version.equals(previous.get(file.getPath()))) {
          splits.add(split(file));
        }
      }
    }
    previous = current;
    if (others > ignored) {
      LOG.warn(
          "{} files in {} are ignored, because their names do not match '{}'",
          others,
          folders[0],
          EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.key());
    }
    ignored = others;
    return splits;
  }

  private static FileSourceSplit split(FileStatus file) {
    return new FileSourceSplit(
        file.getPath().toString(),
        file.getPath(),
        0,
        file.getLen(),
        file.getModificationTime(),
        file.getLen());
  }
}
