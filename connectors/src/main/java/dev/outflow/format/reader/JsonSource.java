package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** The message that is read, as UTF-8; not thread-safe. */
final class JsonSource {
  private final JsonFactory jackson =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS) // As Flink's format does.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .recyclerPool(new ReusedBuffers())
          .build();

  private byte[] utf8;
  private int start;

  /**
   * Starts to read a message in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
   *
   * @throws CharacterCodingException if it is not in the encoding that its first bytes suggest
   */
  JsonParser open(byte[] message) throws IOException {
    Charset charset = charset(message);
    utf8 =
        charset.equals(UTF_8)
            ? message
            : decode(message, 0, message.length, charset).getBytes(UTF_8);
    start =
        utf8.length > 2
                && utf8[0] == (byte) 0xef
                && utf8[1] == (byte) 0xbb
                && utf8[2] == (byte) 0xbf
            ? 3
            : 0;
    return jackson.createParser(utf8, start, utf8.length - start);
  }

  /** Returns the object or array that starts with the current token, which is skipped. */
  String text(JsonParser json) throws IOException {
    int from = position(json) - 1;
    json.skipChildren();
    int to = position(json);
    return decode(utf8, from, to - from, UTF_8);
  }

  /** Returns where the current token starts in the message. */
  int tokenStart(JsonParser json) {
    return start + (int) json.currentTokenLocation().getByteOffset();
  }

  /** Returns where the current token, which is complete, ends in the message. */
  int position(JsonParser json) {
    return start + (int) json.currentLocation().getByteOffset();
  }

  void copy(int from, byte[] target, int at, int length) {
    System.arraycopy(utf8, from, target, at, length);
  }

  private static String decode(byte[] bytes, int from, int length, Charset charset)
      throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, length)).toString();
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
