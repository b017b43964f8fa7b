package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Text in UTF-8. */
final class TextOutput extends OutputBuffer {
  private static final int MAX_LONG = "-9223372036854775808".length();
  private static final int MAX_CHARACTER = 3;

  void writeByte(int ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  void writeAscii(String text) {
    writeRaw(text.getBytes(ISO_8859_1));
  }

  void writeNumber(long number) {
    reserve(MAX_LONG);
    size = NumberOutput.outputLong(number, bytes, size);
  }

  /** Writes a character that is not half of a surrogate pair. */
  void writeCharacter(char character) {
    reserve(MAX_CHARACTER);
    if (character < 0x80) {
      bytes[size++] = (byte) character;
    } else if (character < 0x800) {
      bytes[size++] = (byte) (0xc0 | (character >> 6));
      bytes[size++] = (byte) (0x80 | (character & 0x3f));
    } else {
      bytes[size++] = (byte) (0xe0 | (character >> 12));
      bytes[size++] = (byte) (0x80 | (character >> 6 & 0x3f));
      bytes[size++] = (byte) (0x80 | (character & 0x3f));
    }
  }
}
