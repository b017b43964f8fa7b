package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Writes files as Event Hubs Capture does. */
final class CapturedFile {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "EventData", "fields": [
                {"name": "SequenceNumber", "type": "long"},
                {"name": "Offset", "type": "string"},
                {"name": "EnqueuedTimeUtc", "type": "string"},
                {"name": "SystemProperties", "type": {"type": "map", "values": ["long", "string"]}},
                {"name": "Properties", "type": {"type": "map", "values": ["long", "string"]}},
                {"name": "Body", "type": ["null", "bytes"]}]}
              """);

  private CapturedFile() {}

  /** Writes the file of a partition of the event hub {@code orders}. */
  static Path write(Path folder, int partition, String... bodies) throws IOException {
    Path file = folder.resolve("ns/orders/%d/2020/11/20/10/00/00.avro".formatted(partition));
    Files.createDirectories(file.getParent());
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.create(SCHEMA, file.toFile());
      for (int i = 0; i < bodies.length; i++) {
        writer.append(
            new GenericRecordBuilder(SCHEMA)
                .set("SequenceNumber", (long) i)
                .set("Offset", "")
                .set("EnqueuedTimeUtc", "11/20/2020 10:30:00 AM")
                .set("SystemProperties", Map.of())
                .set("Properties", Map.of("device", "device-1"))
                .set("Body", ByteBuffer.wrap(bodies[i].getBytes(UTF_8)))
                .build());
      }
    }
    return file;
  }
}
