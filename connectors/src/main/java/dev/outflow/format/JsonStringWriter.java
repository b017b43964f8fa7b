package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.table.data.StringData;

/** Texts, without a way round by characters where that leads to the same bytes. */
final class JsonStringWriter implements FieldWriter {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    byte[] utf8 = ((StringData) value).toBytes();
    if (isSame(utf8)) {
      out.writeUTF8String(utf8, 0, utf8.length);
    } else {
      out.writeString(value.toString());
    }
  }

  /**
   * Whether the bytes are written as they are, but for escapes of ASCII: if they are UTF-8 of one
   * to three bytes a character. Longer ones are surrogates in Java, which are escaped; a question
   * mark can be what has become of half of one.
   */
  private static boolean isSame(byte[] utf8) {
    int at = 0;
    while (at < utf8.length) {
      int size = size(utf8[at]);
      if (size == 0 || at + size > utf8.length) {
        return false;
      }
      if (size > 1 && !isShortest(utf8[at], utf8[at + 1])) {
        return false;
      }
      for (int more = 1; more < size; more++) {
        if ((utf8[at + more] & 0xc0) != 0x80) {
          return false;
        }
      }
      at += size;
    }
    return true;
  }

  /** In bytes of the character that begins with {@code first}; 0 for those that are not wanted. */
  private static int size(byte first) {
    if (first >= 0) {
      return first == '?' ? 0 : 1;
    }
    int bits = first & 0xff;
    if (bits < 0xc2 || bits >= 0xf0) {
      return 0;
    }
    return bits < 0xe0 ? 2 : 3;
  }

  /** Nor is it a surrogate. */
  private static boolean isShortest(byte first, byte second) {
    int bits = second & 0xff;
    return switch (first & 0xff) {
      case 0xe0 -> bits >= 0xa0;
      case 0xed -> bits < 0xa0;
      default -> true;
    };
  }
}
