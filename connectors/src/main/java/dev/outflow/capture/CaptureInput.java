package dev.outflow.capture;

import static dev.outflow.capture.EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT;
import static dev.outflow.capture.EventHubsCaptureOptions.MONITOR_INTERVAL;
import static dev.outflow.capture.EventHubsCaptureOptions.PATH;

import dev.outflow.option.OptionReader;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.data.RowData;

/**
 * The files of an input.
 *
 * @param path the folder that contains them
 * @param names the names of files to read
 * @param monitorInterval how often to look for new files; empty to read those at the start only
 */
record CaptureInput(String path, ArchiveNameFormat names, Optional<Duration> monitorInterval) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Reads a table's options; {@code reader} notes problems. */
  static CaptureInput read(OptionReader reader) {
    Optional<Duration> interval = reader.find(MONITOR_INTERVAL);
    if (interval.filter(time -> time.compareTo(SHORTEST) < 0).isPresent()) {
      reader.reject(MONITOR_INTERVAL, "must be at least 1 s");
    }
    return new CaptureInput(reader.find(PATH).orElse(""), names(reader), interval);
  }

  private static ArchiveNameFormat names(OptionReader reader) {
    try {
      return ArchiveNameFormat.parse(
          reader.find(ARCHIVE_NAME_FORMAT).orElse(ARCHIVE_NAME_FORMAT.defaultValue()));
    } catch (IllegalArgumentException e) {
      reader.reject(ARCHIVE_NAME_FORMAT, e.getMessage());
      return ArchiveNameFormat.parse(ARCHIVE_NAME_FORMAT.defaultValue());
    }
  }

  /** Returns the source of the rows that {@code rows} makes of events. */
  CaptureSource source(KafkaRecordDeserializationSchema<RowData> rows) {
    ArchiveNameFormat format = names;
    boolean isMonitoring = monitorInterval.isPresent();
    FileSource.FileSourceBuilder<CapturedEvent> files =
        FileSource.forBulkFileFormat(new CaptureFormat(format), new Path(path))
            .setFileEnumerator(() -> new CaptureFileEnumerator(format, isMonitoring))
            .setSplitAssigner(splits -> new ChronologicalAssigner(format, splits));
    monitorInterval.ifPresent(files::monitorContinuously);
    return new CaptureSource(files.build(), rows);
  }
}
