package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Generates values that a table with the columns {@code n BIGINT NOT NULL, name STRING NOT NULL}
 * cannot read, in each format; the same values for the same seed.
 */
record MalformedRecords(Random random) {
  static final Schema AVRO =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "record", "fields": [
                {"name": "n", "type": "long"}, {"name": "name", "type": "string"}]}""");

  /** The id of the only registered schema. */
  static final int KNOWN_ID = 1;

  /** The good rows in the bad records of {@link #json}: one in each array with another element. */
  static final int GOOD_JSON_ROWS = 2;

  private static final Schema OTHER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "record", "fields": [{"name": "a", "type": "boolean"}]}""");

  List<byte[]> json() {
    String good = "{\"n\": 12345, \"name\": \"Z\u00fcrich \\u20ac\", \"more\": [1, {\"a\": null}]}";
    List<byte[]> bad = new ArrayList<>(truncated(good.getBytes(UTF_8)));
    texts(
            "{\"n\": \"twelve\", \"name\": \"a\"}",
            "{\"n\": {}, \"name\": \"a\"}",
            "{\"n\": [1], \"name\": \"a\"}",
            "{\"n\": 99999999999999999999999999, \"name\": \"a\"}",
            "{\"n\": 1e999, \"name\": \"a\"}",
            "{\"n\": NaN, \"name\": \"a\"}",
            "{\"n\": 1}",
            "{\"n\": null, \"name\": null}",
            "{'n': 1, 'name': 'a'}",
            "{\"n\" 1}",
            "{\"n\": 01, \"name\": \"a\"}",
            "[{\"n\": 1, \"name\": \"a\"}, 7]",
            "[{\"n\": 1, \"name\": \"a\"}, null]",
            "[null]",
            "null",
            "true",
            "42",
            "\"text\"",
            "<xml/>",
            "\u0000\u0000",
            "   ",
            "",
            "\ufeff")
        .forEach(bad::add);
    bad.add(("{\"n\": 1, \"name\": \"a\", \"deep\": " + "[".repeat(100_000)).getBytes(UTF_8));
    bad.add(("{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000)).getBytes(UTF_8));
    bad.add(("{\"n\": " + "9".repeat(100_000) + ", \"name\": \"a\"}").getBytes(UTF_8));
    bad.add(invalidUtf8("{\"n\": 1, \"name\": \"", "\"}"));
    bad.addAll(noise(60, '{'));
    return bad;
  }

  /** CSV for two columns, of which the first is a number. */
  List<byte[]> csv() {
    List<byte[]> bad =
        texts(
                "one,name",
                "1",
                "1,\"unclosed",
                "1;name",
                ",name",
                "99999999999999999999,name",
                "1.5.2,name",
                "0x10,name",
                "\n",
                "",
                "\u0000,name",
                "1e-3,name")
            .toList();
    List<byte[]> all = new ArrayList<>(bad);
    for (int i = 0; i < 60; i++) {
      all.add((text(1 + random.nextInt(30)) + "," + text(5)).getBytes(UTF_8));
    }
    return all;
  }

  List<byte[]> avro() {
    byte[] good =
        encoded(
            AVRO,
            new GenericRecordBuilder(AVRO)
                .set("n", 7_000_000_000L)
                .set("name", "Z\u00fcrich, and more")
                .build());
    List<byte[]> bad = new ArrayList<>(truncated(good));
    bad.add(encoded(OTHER, new GenericRecordBuilder(OTHER).set("a", true).build()));
    for (int i = 0; i < 60; i++) {
      // A number, then a text that is said to be longer than what follows.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(2);
      varint(bytes, 1L << (8 + random.nextInt(54)));
      bytes.writeBytes(text(random.nextInt(20)).getBytes(UTF_8));
      bad.add(bytes.toByteArray());
    }
    for (int i = 0; i < 20; i++) {
      byte[] endless = new byte[11 + random.nextInt(20)];
      Arrays.fill(endless, (byte) 0xff);
      bad.add(endless);
    }
    return bad;
  }

  List<byte[]> framedAvro() {
    List<byte[]> bad = new ArrayList<>();
    avro().forEach(value -> bad.add(framed(KNOWN_ID, value)));
    avro().forEach(value -> bad.add(prefixed(new byte[] {1}, value)));
    for (int id = 2; id < 30; id++) {
      bad.add(framed(id, new byte[] {2, 2, 'a'}));
    }
    bad.addAll(texts("", "a", "0", "{\"n\": 1, \"name\": \"a\"}", "\u0000\u0000\u0000").toList());
    return bad;
  }

  private static Stream<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(UTF_8));
  }

  private static List<byte[]> truncated(byte[] good) {
    List<byte[]> truncated = new ArrayList<>();
    for (int length = 1; length < good.length; length++) {
      truncated.add(Arrays.copyOf(good, length));
    }
    return truncated;
  }

  private static byte[] invalidUtf8(String before, String after) {
    byte[] invalid = {(byte) 0xc3, (byte) 0x28, (byte) 0xfe};
    return prefixed(before.getBytes(UTF_8), prefixed(invalid, after.getBytes(UTF_8)));
  }

  /** Returns random bytes that cannot be a JSON object. */
  private List<byte[]> noise(int count, int notFirst) {
    List<byte[]> noise = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes[0] == notFirst || bytes[0] == '[') {
        bytes[0] = 'x';
      }
      noise.add(bytes);
    }
    return noise;
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  static byte[] framed(int id, byte[] value) {
    return prefixed(
        new byte[] {0, (byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id}, value);
  }

  private static byte[] prefixed(byte[] prefix, byte[] value) {
    byte[] all = Arrays.copyOf(prefix, prefix.length + value.length);
    System.arraycopy(value, 0, all, prefix.length, value.length);
    return all;
  }

  private static void varint(ByteArrayOutputStream bytes, long value) {
    long rest = value << 1;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  static byte[] encoded(Schema schema, GenericRecord record) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
