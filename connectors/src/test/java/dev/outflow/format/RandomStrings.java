package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.StringData;

/** Creates random strings, including unpaired surrogates and invalid UTF-8. */
record RandomStrings(Random random) {
  static final List<String> ODD =
      List.of(
          "",
          "plain",
          "\"",
          "\\",
          "/",
          "\b\f\n\r\t",
          "\u0000\u001f",
          "\u007f\u0080",
          "é",
          "ß",
          "名前",
          "\u2028\u2029",
          "\ufeff",
          "\ufffd",
          "😀",
          "👩‍👩‍👧",
          "\ud83d",
          "\ude00",
          "\ude00\ud83d",
          "?",
          "\uffff",
          "\ud7ff\ue000",
          "<script>&'");

  StringData text() {
    return switch (random.nextInt(8)) {
      case 0 -> StringData.fromBytes(bytes(random.nextInt(12)));
      case 1 -> StringData.fromBytes(cut(words().getBytes(UTF_8)));
      case 2 -> StringData.fromBytes(words().getBytes(UTF_8));
      case 3 -> StringData.fromString(words().repeat(random.nextInt(50) == 0 ? 2000 : 1));
      case 4 -> StringData.fromBytes("plain text, nothing else".getBytes(UTF_8));
      case 5 -> StringData.fromBytes(oneOf(ILL_FORMED));
      default -> StringData.fromString(words());
    };
  }

  /** Overlong encodings, surrogates, code points beyond Unicode, and truncated characters. */
  private static final List<byte[]> ILL_FORMED =
      List.of(
          of(0xc0, 0x80),
          of(0xc1, 0xbf),
          of(0xc2, 0x80),
          of(0xc2, 0xc0),
          of(0xdf, 0xbf),
          of(0xe0, 0x80, 0x80),
          of(0xe0, 0x9f, 0xbf),
          of(0xe0, 0xa0, 0x80),
          of(0xed, 0x9f, 0xbf),
          of(0xed, 0xa0, 0x80),
          of(0xee, 0x80, 0x80),
          of(0xef, 0xbf, 0xbf),
          of(0xe1, 0x80, 'a'),
          of(0xe1, 0x80),
          of(0xe1, 'a', 0x80),
          of(0xf0, 0x9f, 0x98, 0x80),
          of(0xf4, 0x90, 0x80, 0x80),
          of(0xc2),
          of(0x80),
          of(0xff, 'a'));

  private static byte[] of(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      all[at] = (byte) bytes[at];
    }
    return all;
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    int count = random.nextInt(5);
    for (int at = 0; at < count; at++) {
      words.append(oneOf(ODD)).append("x".repeat(random.nextInt(3)));
    }
    return words.toString();
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] cut(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  private <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
