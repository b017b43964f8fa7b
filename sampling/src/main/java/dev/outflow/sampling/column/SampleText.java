package dev.outflow.sampling.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Tells what the value of a record is before it is parsed. */
final class SampleText {
  private SampleText() {}

  /** Returns the text; empty if it is not text in UTF-8. */
  static Optional<String> of(byte[] value) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return text.chars().anyMatch(SampleText::isBinary)
          ? Optional.empty()
          : Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isBinary(int character) {
    return character < ' ' && character != '\t' && character != '\n' && character != '\r';
  }

  static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  static boolean isXml(String text) {
    return text.stripLeading().startsWith("<");
  }
}
