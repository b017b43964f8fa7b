package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.table.data.StringData;

/** Writes strings, without decoding their UTF-8 where that makes no difference. */
final class JsonStringWriter implements FieldWriter {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    byte[] utf8 = ((StringData) value).toBytes();
    if (isUnchanged(utf8)) {
      out.writeUTF8String(utf8, 0, utf8.length);
    } else {
      out.writeString(value.toString());
    }
  }

  /**
   * Returns whether decoding and encoding would yield the same bytes, except for escaped ASCII:
   * true for valid UTF-8 with up to three bytes per character. Longer ones are surrogates in Java,
   * which are escaped; a question mark may stand for an unpaired surrogate.
   */
  private static boolean isUnchanged(byte[] utf8) {
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

  /** Returns the bytes of the character that starts with {@code first}; 0 if it is decoded. */
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

  /** Rejects overlong encodings and surrogates. */
  private static boolean isShortest(byte first, byte second) {
    int bits = second & 0xff;
    return switch (first & 0xff) {
      case 0xe0 -> bits >= 0xa0;
      case 0xed -> bits < 0xa0;
      default -> true;
    };
  }
}
