package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** The text of CSV messages. */
final class CsvText {
  private static final char REPLACEMENT = '\ufffd';
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private CsvText() {}

  /**
   * Returns the text of a message in UTF-8 or, with a byte order mark, in UTF-16.
   *
   * @throws CharacterCodingException if the bytes are not valid
   */
  static String decode(byte[] message) throws CharacterCodingException {
    Charset charset = charset(message);
    String text = new String(message, charset);
    if (text.indexOf(REPLACEMENT) >= 0) {
      text = charset.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] message) {
    int mark = message.length < 2 ? 0 : (message[0] & 0xff) << 8 | (message[1] & 0xff);
    return switch (mark) {
      case 0xfeff -> UTF_16BE;
      case 0xfffe -> UTF_16LE;
      default -> UTF_8;
    };
  }

  /** Returns whether there is nothing but spaces, tabs and line breaks. */
  static boolean isBlank(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (" \t\r\n".indexOf(text.charAt(at)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether the first field of a line, which is current, has only spaces and no quotes.
   *
   * @param quote the quote character; -1 if there is none
   */
  static boolean isBlankLine(CsvParser csv, String text, int quote) throws IOException {
    String field = csv.getText();
    if (!isBlank(field)) {
      return false;
    }
    long start = csv.currentTokenLocation().getCharOffset();
    if (field.isEmpty()) {
      // Jackson reports the start of an empty line behind the end of the line.
      return csv.currentLocation().getCharOffset() < start;
    }
    return text.charAt((int) start) != quote;
  }

  /** Returns whether the current field has exactly these characters, without quotes. */
  static boolean isWrittenAs(String field, CsvParser csv, String text, char delimiter) {
    int start = (int) csv.currentTokenLocation().getCharOffset();
    int end = start + field.length();
    return text.startsWith(field, start)
        && (end == text.length()
            || text.charAt(end) == delimiter
            || "\r\n".indexOf(text.charAt(end)) >= 0);
  }
}
