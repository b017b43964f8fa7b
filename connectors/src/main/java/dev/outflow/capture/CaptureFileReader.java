package dev.outflow.capture;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;

/** Reads the events of one file. */
final class CaptureFileReader implements BulkFormat.Reader<CapturedEvent> {
  private static final int BATCH = 200;

  private final Path path;
  private final CaptureSchema schema;
  private final long skip;
  private SeekableFile file;
  private DataFileReader<GenericRecord> events;
  private long read;
  private boolean hasFailed;

  /**
   * Creates the reader.
   *
   * @param skip the number of events to skip, which were read before a restart
   */
  CaptureFileReader(Path path, CaptureFile file, long skip) {
    this.path = path;
    this.schema = new CaptureSchema(file);
    this.skip = skip;
  }

  /** {@inheritDoc} Returns null at the end of the file, and after a failure. */
  @Override
  public BulkFormat.RecordIterator<CapturedEvent> readBatch() {
    long first = Math.max(read, skip);
    List<CapturedEvent> batch = new ArrayList<>();
    try {
      while (batch.size() < BATCH && !hasFailed && hasNext()) {
        batch.add(new CapturedEvent(path, schema.event(events.next()), null));
        read++;
      }
    } catch (IOException | AvroRuntimeException e) {
      hasFailed = true;
      batch.add(
          new CapturedEvent(path, null, new IOException("%s: %s".formatted(path, reason(e)), e)));
    }
    return batch.isEmpty() ? null : new Batch(batch.iterator(), first);
  }

  private boolean hasNext() throws IOException {
    if (events == null) {
      file = SeekableFile.open(path);
      events = new DataFileReader<>(file, new GenericDatumReader<>());
      CaptureSchema.check(events.getSchema());
      while (read < skip && events.hasNext()) {
        events.next();
        read++;
      }
    }
    if (events.hasNext()) {
      return true;
    }
    if (events.previousSync() != file.length()) { // Avro ignores an incomplete block.
      throw new EOFException("its last block has no end");
    }
    return false;
  }

  private static String reason(Exception failure) {
    if (failure instanceof FileNotFoundException) {
      return "the file was deleted before it was read; restore it, or start the job without this checkpoint or savepoint";
    }
    if (failure instanceof InvalidAvroMagicException) {
      return "not an Avro file";
    }
    return failure instanceof AvroRuntimeException || failure instanceof EOFException
        ? "the file is incomplete or damaged (%s)".formatted(failure.getMessage())
        : String.valueOf(failure.getMessage());
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /** Events with the number of events up to and including them. */
  private static final class Batch implements BulkFormat.RecordIterator<CapturedEvent> {
    private final Iterator<CapturedEvent> events;
    private long read;

    Batch(Iterator<CapturedEvent> events, long read) {
      this.events = events;
      this.read = read;
    }

    @Override
    public RecordAndPosition<CapturedEvent> next() {
      return events.hasNext()
          ? new RecordAndPosition<>(events.next(), CheckpointedPosition.NO_OFFSET, ++read)
          : null;
    }

    @Override
    public void releaseBatch() {}
  }
}
