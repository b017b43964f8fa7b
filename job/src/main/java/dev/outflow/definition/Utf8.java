package dev.outflow.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Decodes the files that users edit; text in another encoding would be read as something else. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Returns the text of a file, without a byte order mark.
   *
   * @throws CharacterCodingException if it is not UTF-8; its message follows the name of the file
   */
  public static String decode(byte[] content) throws CharacterCodingException {
    if (isUtf16(content)) {
      throw new NotUtf8Exception("is UTF-16; save it as UTF-8");
    }
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer text = CharBuffer.allocate(content.length + 1);
    CoderResult result = decoder.decode(bytes, text, true);
    if (result.isError()) {
      throw new NotUtf8Exception(
          "is not UTF-8 (byte 0x%02X on line %d); save it as UTF-8"
              .formatted(bytes.get(bytes.position()), line(content, bytes.position())));
    }
    text.flip();
    return text.toString().startsWith("\uFEFF") ? text.toString().substring(1) : text.toString();
  }

  private static boolean isUtf16(byte[] content) {
    if (content.length < 2) {
      return false;
    }
    int mark = ((content[0] & 0xFF) << 8) | (content[1] & 0xFF);
    boolean zero = (content[0] == 0) != (content[1] == 0);
    return mark == 0xFEFF || mark == 0xFFFE || zero;
  }

  private static int line(byte[] content, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      line += content[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static final class NotUtf8Exception extends CharacterCodingException {
    private final String reason;

    NotUtf8Exception(String reason) {
      this.reason = reason;
    }

    @Override
    public String getMessage() {
      return reason;
    }
  }
}
