package dev.outflow.capture;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

/**
 * Reads the files of Event Hubs Capture, each as a whole. The position in a file is the number of
 * its events that have been read.
 */
record CaptureFormat(ArchiveNameFormat names)
    implements BulkFormat<CapturedEvent, FileSourceSplit> {
  @Override
  public Reader<CapturedEvent> createReader(Configuration options, FileSourceSplit split)
      throws IOException {
    return new CaptureFileReader(split.path(), file(split), 0);
  }

  @Override
  public Reader<CapturedEvent> restoreReader(Configuration options, FileSourceSplit split)
      throws IOException {
    return new CaptureFileReader(
        split.path(),
        file(split),
        split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L));
  }

  /** The names of files in a savepoint can match another format that was set then. */
  private CaptureFile file(FileSourceSplit split) throws IOException {
    return names
        .file(split.path())
        .orElseThrow(
            () ->
                new IOException(
                    "%s: the name does not match '%s'; set the one that was set when this checkpoint or savepoint was taken"
                        .formatted(
                            split.path(), EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.key())));
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<CapturedEvent> getProducedType() {
    return TypeInformation.of(CapturedEvent.class);
  }
}
