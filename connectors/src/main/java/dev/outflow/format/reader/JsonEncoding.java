package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** The encoding of JSON messages, which their first bytes suggest. */
final class JsonEncoding {
  private static final int[] MARK = {0xef, 0xbb, 0xbf};

  private JsonEncoding() {}

  /**
   * Returns a message as UTF-8; unchanged if it is.
   *
   * @throws CharacterCodingException if it is not in the encoding that its first bytes suggest
   */
  static byte[] utf8(byte[] message) throws CharacterCodingException {
    Charset charset = charset(message);
    return charset.equals(UTF_8)
        ? message
        : charset.newDecoder().decode(ByteBuffer.wrap(message)).toString().getBytes(UTF_8);
  }

  /** Returns the number of bytes of the byte order mark. */
  static int markLength(byte[] utf8) {
    for (int at = 0; at < MARK.length; at++) {
      if (at == utf8.length || (utf8[at] & 0xff) != MARK[at]) {
        return 0;
      }
    }
    return MARK.length;
  }

  /** Determines the encoding by the first characters, which are ASCII in JSON. */
  private static Charset charset(byte[] bytes) {
    if (bytes.length < 2) {
      return UTF_8;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean isWide = bytes.length >= 4 && bytes.length % 4 == 0;
    if (isWide && first == 0 && second == 0) {
      return Charset.forName("UTF-32BE");
    }
    if (isWide && second == (first == 0xff ? 0xfe : 0) && bytes[2] == 0 && bytes[3] == 0) {
      return Charset.forName("UTF-32LE");
    }
    if (first == 0 || (first == 0xfe && second == 0xff)) {
      return UTF_16BE;
    }
    return second == 0 || (first == 0xff && second == 0xfe) ? UTF_16LE : UTF_8;
  }
}
