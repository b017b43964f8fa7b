package dev.outflow.capture;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Turns events into rows. Until it has a file it is idle, so that it does not hold back the
 * watermark of readers that have one. Afterwards it is not: operators behind it can buffer rows
 * that would be late if the watermark of others passed them.
 */
final class CaptureReader implements SourceReader<RowData, FileSourceSplit> {
  private final SourceReader<CapturedEvent, FileSourceSplit> files;
  private final KafkaRecordDeserializationSchema<RowData> rows;
  private final SourceReaderContext context;
  private RowOutput output;
  private boolean isIdle;

  CaptureReader(
      SourceReader<CapturedEvent, FileSourceSplit> files,
      KafkaRecordDeserializationSchema<RowData> rows,
      SourceReaderContext context) {
    this.files = files;
    this.rows = rows;
    this.context = context;
  }

  @Override
  public void start() {
    try {
      rows.open(
          new DeserializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
              return context.metricGroup().addGroup("deserializer");
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
              return context.getUserCodeClassLoader();
            }
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Declared for Flink's formats.
      throw new IllegalStateException("failed to open the format", e);
    }
    files.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RowData> rowOutput) throws Exception {
    if (output == null || !output.isOf(rowOutput)) {
      output = new RowOutput(rowOutput, rows);
    }
    InputStatus status = files.pollNext(output);
    boolean waits = status == InputStatus.NOTHING_AVAILABLE && !output.hasRead();
    if (waits && !isIdle) {
      rowOutput.markIdle();
    } else if (!waits && isIdle) {
      rowOutput.markActive();
    }
    isIdle = waits;
    return status;
  }

  @Override
  public List<FileSourceSplit> snapshotState(long checkpoint) {
    return files.snapshotState(checkpoint);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return files.isAvailable();
  }

  @Override
  public void addSplits(List<FileSourceSplit> splits) {
    files.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    files.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    files.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    files.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    files.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    files.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void close() throws Exception {
    files.close();
  }
}
