package dev.outflow.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Encodes with Avro's encoder, field by field. Each column is a union of null and its type, like
 * the schema that Flink derives for a nullable column.
 */
final class AvroCodec implements ReadingCodec {
  private static final int VALUE = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  @Override
  public byte[] output(Reading reading) throws IOException {
    begin(reading);
    return end();
  }

  @Override
  public byte[] input(Reading reading) throws IOException {
    begin(reading);
    text(reading.region());
    return end();
  }

  private void begin(Reading reading) throws IOException {
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    number(reading.id());
    text(reading.device());
    encoder.writeIndex(VALUE);
    encoder.writeDouble(reading.temperature());
    number(reading.sent());
    text(reading.note());
  }

  @Override
  public byte[] window(String device, long begin, long count, double average) throws IOException {
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    text(device);
    number(begin);
    number(count);
    encoder.writeIndex(VALUE);
    encoder.writeDouble(average);
    return end();
  }

  @Override
  public Reading read(byte[] input) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(input, decoder);
    decoder.readIndex();
    long id = decoder.readLong();
    String device = readText();
    decoder.readIndex();
    double temperature = decoder.readDouble();
    decoder.readIndex();
    long sent = decoder.readLong();
    return new Reading(id, device, temperature, sent, readText(), readText());
  }

  private void number(long number) throws IOException {
    encoder.writeIndex(VALUE);
    encoder.writeLong(number);
  }

  private void text(String text) throws IOException {
    encoder.writeIndex(VALUE);
    encoder.writeString(text);
  }

  private String readText() throws IOException {
    decoder.readIndex();
    return decoder.readString((Utf8) null).toString();
  }

  private byte[] end() throws IOException {
    encoder.flush();
    return bytes.toByteArray();
  }
}
