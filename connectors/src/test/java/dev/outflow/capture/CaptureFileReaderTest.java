package dev.outflow.capture;

import static dev.outflow.capture.CapturedFiles.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileReaderTest {
  private static final String TIME = "11/24/2026 10:05:01 AM";

  @TempDir private Path folder;

  @Test
  void continuesAfterTheEventsThatWereRead() throws IOException {
    GenericRecord[] events = new GenericRecord[450];
    for (int i = 0; i < events.length; i++) {
      events[i] = event(i, TIME, "{}");
    }
    Path file = write(events);

    List<RecordAndPosition<CapturedEvent>> all = read(file, 0);
    assertThat(all).hasSize(450);
    assertThat(all.get(449).getRecord().event().offset()).isEqualTo(449);
    assertThat(all.get(449).getRecordSkipCount()).isEqualTo(450);

    List<RecordAndPosition<CapturedEvent>> rest = read(file, 300);
    assertThat(rest).hasSize(150);
    assertThat(rest.get(0).getRecord().event().offset()).isEqualTo(300);
    assertThat(rest.get(0).getRecordSkipCount()).isEqualTo(301);
  }

  @Test
  void reportsFileThatIsNotOfCapture() throws IOException {
    Path file = folder.resolve("05.avro");
    Schema other =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"Other\", \"fields\": [{\"name\": \"Body\", \"type\": \"string\"}]}");
    GenericRecord record = new GenericData.Record(other);
    record.put("Body", "x");
    CapturedFiles.write(file, other, record);

    assertThat(failure(file))
        .isEqualTo(
            "not a file of Event Hubs Capture: its Avro schema lacks SequenceNumber, EnqueuedTimeUtc, SystemProperties, Properties; to read other Avro files, use connector 'filesystem' with format 'avro'");
  }

  @Test
  void reportsFileThatIsNotAvro() throws IOException {
    assertThat(failure(Files.writeString(folder.resolve("a.avro"), "{\"n\": 1, \"m\": 2}")))
        .isEqualTo("not an Avro file");
    assertThat(failure(Files.writeString(folder.resolve("b.avro"), "x")))
        .isEqualTo("Not an Avro data file.");
  }

  @Test
  void reportsIncompleteFileWhereverItEnds() throws IOException {
    Path file = write(event(1, TIME, "{}"), event(2, TIME, "{}"));
    byte[] complete = Files.readAllBytes(file);
    int end = complete.length;
    for (int missing : new int[] {1, 16, 20, end - 600}) {
      Files.write(file, Arrays.copyOf(complete, end - missing));
      assertThat(failure(file)).contains("incomplete or damaged");
    }
  }

  @Test
  void reportsTimeThatCaptureDoesNotWrite() throws IOException {
    assertThat(failure(write(event(1, "yesterday", "{}"))))
        .isEqualTo(
            "not a file of Event Hubs Capture: EnqueuedTimeUtc is not a time such as 11/16/2026 4:44:11 PM");
  }

  @Test
  void reportsDeletedFile() throws IOException {
    assertThat(failure(folder.resolve("gone.avro")))
        .startsWith("the file was deleted before it was read");
  }

  private Path write(GenericRecord... events) {
    return CapturedFiles.write(folder.resolve("05.avro"), CapturedFiles.SCHEMA, events);
  }

  /** Returns the failure, without the file that precedes it. */
  private static String failure(Path file) throws IOException {
    List<RecordAndPosition<CapturedEvent>> all = read(file, 0);
    String message = all.get(all.size() - 1).getRecord().failure().getMessage();
    assertThat(message).startsWith(file + ": ");
    return message.substring((file + ": ").length());
  }

  private static List<RecordAndPosition<CapturedEvent>> read(Path file, long skip)
      throws IOException {
    List<RecordAndPosition<CapturedEvent>> all = new ArrayList<>();
    try (CaptureFileReader reader =
        new CaptureFileReader(
            new org.apache.flink.core.fs.Path(file.toString()),
            new CaptureFile("orders", 0, LocalDateTime.MIN),
            skip)) {
      for (BulkFormat.RecordIterator<CapturedEvent> batch = reader.readBatch();
          batch != null;
          batch = reader.readBatch()) {
        for (RecordAndPosition<CapturedEvent> event = batch.next();
            event != null;
            event = batch.next()) {
          all.add(
              new RecordAndPosition<>(
                  event.getRecord(), event.getOffset(), event.getRecordSkipCount()));
        }
      }
    }
    return all;
  }
}
