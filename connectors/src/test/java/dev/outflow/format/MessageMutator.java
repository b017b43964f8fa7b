package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes messages: other values, other characters, other bytes, or a part only. */
record MessageMutator(Random random) {
  private static final List<String> VALUES =
      List.of(
          "null true false 0 1 -1 3.0 3.7 3e2 -0 -0.0 1e400 1e40 99999999999999999999 0.001 NaN"
              .split(" "));

  private static final List<String> TEXTS =
      List.of(
          "",
          "x",
          "1",
          "3.7",
          " 5 ",
          "true",
          "TRUE",
          "NaN",
          "AQI=",
          "2026-11-24",
          "10:15:00.5",
          "2026-11-24T10:15:00Z",
          "2026-11-24T10:15:00+02:00",
          "2026-11-24 10:15:00.123456789");

  private static final List<String> STRUCTURES = List.of("{}", "[]", "[1]", "{\"id\":1}", "[{}]");
  private static final String CHARACTERS = "{}[]:,\"\\ \n\t09-+.eEtfnZT/#'";

  byte[] changed(byte[] message, boolean isJson) {
    return switch (random.nextInt(7)) {
      case 0 -> Arrays.copyOf(message, random.nextInt(message.length + 1));
      case 1 -> withCharacter(message);
      case 2 -> withByte(message);
      case 3 -> twice(message, isJson);
      default -> isJson ? withJsonValue(message) : withField(message);
    };
  }

  private byte[] withCharacter(byte[] message) {
    int at = random.nextInt(message.length + 1);
    String text = new String(message, ISO_8859_1);
    return (text.substring(0, at) + character() + text.substring(at)).getBytes(ISO_8859_1);
  }

  private char character() {
    return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
  }

  private byte[] withByte(byte[] message) {
    byte[] copy = message.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] =
          (byte) (random.nextInt(4) == 0 ? random.nextInt() : character());
    }
    return copy;
  }

  private static byte[] twice(byte[] message, boolean isJson) {
    String text = new String(message, ISO_8859_1);
    return (text + (isJson ? " " : "\n") + text).getBytes(ISO_8859_1);
  }

  /** Replaces a value that follows a colon and ends before a comma or brace. */
  private byte[] withJsonValue(byte[] message) {
    String text = new String(message, UTF_8);
    int from = text.indexOf("\":", random.nextInt(text.length())) + 2;
    int to = from;
    while (to < text.length() && ",}]".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    return (text.substring(0, from) + value() + text.substring(to)).getBytes(UTF_8);
  }

  private String value() {
    return switch (random.nextInt(5)) {
      case 0 -> any(STRUCTURES);
      case 1, 2 -> "\"%s\"".formatted(any(TEXTS));
      default -> any(VALUES);
    };
  }

  private byte[] withField(byte[] message) {
    String[] fields = new String(message, UTF_8).split(",", -1);
    String value = any(random.nextBoolean() ? TEXTS : VALUES);
    fields[random.nextInt(fields.length)] =
        random.nextBoolean() ? value : "\"%s\"".formatted(value);
    return String.join(",", fields).getBytes(UTF_8);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
