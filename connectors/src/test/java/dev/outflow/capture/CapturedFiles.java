package dev.outflow.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes files as Event Hubs Capture does. */
public record CapturedFiles(Path folder) {
  /** The schema of Capture. */
  public static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "EventData", "namespace": "Microsoft.ServiceBus.Messaging",
               "fields": [
                 {"name": "SequenceNumber", "type": "long"},
                 {"name": "Offset", "type": "string"},
                 {"name": "EnqueuedTimeUtc", "type": "string"},
                 {"name": "SystemProperties",
                  "type": {"type": "map", "values": ["long", "double", "string", "bytes"]}},
                 {"name": "Properties",
                  "type": {"type": "map", "values": ["long", "double", "string", "bytes", "null"]}},
                 {"name": "Body", "type": ["null", "bytes"]}]}
              """);

  /**
   * Writes the file of a partition.
   *
   * @param time of the file, e.g. {@code 2026/11/24/10/05/00}
   */
  public Path write(int partition, String time, GenericRecord... events) {
    Path file = folder.resolve("ns/orders/%d/%s.avro".formatted(partition, time));
    return write(file, SCHEMA, events);
  }

  /** Writes a file; it appears when it is complete. */
  public static Path write(Path file, Schema schema, GenericRecord... events) {
    try {
      Files.createDirectories(file.getParent());
      Path hidden = file.resolveSibling("_" + file.getFileName());
      try (DataFileWriter<GenericRecord> writer =
          new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
        writer.setCodec(CodecFactory.deflateCodec(6));
        writer.create(schema, hidden.toFile());
        for (GenericRecord event : List.of(events)) {
          writer.append(event);
        }
      }
      return Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns an event.
   *
   * @param time e.g. {@code 11/24/2026 10:05:01 AM}
   */
  public static GenericRecord event(long sequenceNumber, String time, String body) {
    return event(sequenceNumber, time, body, Map.of(), Map.of());
  }

  /** Returns an event with properties. */
  public static GenericRecord event(
      long sequenceNumber,
      String time,
      String body,
      Map<String, Object> system,
      Map<String, Object> properties) {
    GenericRecord event = new GenericData.Record(SCHEMA);
    event.put("SequenceNumber", sequenceNumber);
    event.put("Offset", Long.toString(sequenceNumber * 100));
    event.put("EnqueuedTimeUtc", time);
    event.put("SystemProperties", system);
    event.put("Properties", properties);
    event.put("Body", body == null ? null : ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    return event;
  }
}
