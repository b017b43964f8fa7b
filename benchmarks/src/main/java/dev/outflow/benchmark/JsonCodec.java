package dev.outflow.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Encodes and decodes with Jackson's streaming API. */
final class JsonCodec implements ReadingCodec {
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  @Override
  public byte[] output(Reading reading) throws IOException {
    return write(reading, false);
  }

  @Override
  public byte[] input(Reading reading) throws IOException {
    return write(reading, true);
  }

  private byte[] write(Reading reading, boolean withRegion) throws IOException {
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("id", reading.id());
      json.writeStringField("device", reading.device());
      json.writeNumberField("temperature", reading.temperature());
      json.writeStringField("sent", Timestamps.text(reading.sent()));
      json.writeStringField("note", reading.note());
      if (withRegion) {
        json.writeStringField("region", reading.region());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @Override
  public byte[] window(String device, long begin, long count, double average) throws IOException {
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("device", device);
      json.writeNumberField("begun", begin);
      json.writeNumberField("readings", count);
      json.writeNumberField("average", average);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @Override
  public Reading read(byte[] input) throws IOException {
    long id = 0;
    String device = null;
    double temperature = 0;
    long sent = 0;
    String note = null;
    try (JsonParser json = JSON.createParser(input)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "id" -> id = json.getLongValue();
          case "device" -> device = json.getText();
          case "temperature" -> temperature = json.getDoubleValue();
          case "sent" -> sent = Timestamps.ms(json.getText());
          case "note" -> note = json.getText();
          default -> json.skipChildren();
        }
      }
    }
    return new Reading(id, device, temperature, sent, note, "");
  }
}
