package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.apache.flink.table.data.StringData;

/** JSON that was copied from a message. */
final class RawJson {
  private static final int FIRST_PRINTABLE = ' ';

  private RawJson() {}

  /**
   * Returns the text of JSON that Outflow's reader has accepted. The reader takes control
   * characters in texts, which JSON does not allow: they are escaped.
   */
  static StringData text(byte[] utf8) {
    boolean hasControls = false;
    for (byte character : utf8) {
      hasControls |= character >= 0 && character < FIRST_PRINTABLE;
    }
    return StringData.fromBytes(hasControls ? escapeControls(utf8) : utf8);
  }

  private static byte[] escapeControls(byte[] utf8) {
    ByteArrayOutputStream escaped = new ByteArrayOutputStream(utf8.length + 16);
    boolean isText = false;
    boolean isEscape = false;
    for (byte character : utf8) {
      if (isText && character >= 0 && character < FIRST_PRINTABLE) {
        escaped.writeBytes(("\\u00" + HexFormat.of().toHexDigits(character)).getBytes(UTF_8));
      } else {
        escaped.write(character);
      }
      isText ^= character == '"' && !isEscape;
      isEscape = isText && character == '\\' && !isEscape;
    }
    return escaped.toByteArray();
  }
}
