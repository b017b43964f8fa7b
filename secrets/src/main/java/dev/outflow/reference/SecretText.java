package dev.outflow.reference;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a secret as editors and shells save it. */
final class SecretText {
  /** Windows PowerShell and some editors write it at the beginning of UTF-8 files. */
  static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final int LARGEST_FILE = 1 << 20;

  private SecretText() {}

  /** Returns the text without a byte order mark and without line ends at its end. */
  static String trimmed(String text) {
    String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return bare.replaceFirst("[\\r\\n]+$", "");
  }

  /** Returns why a file cannot be read as text; empty if it can. */
  static Optional<String> explain(Path file) {
    try {
      if (Files.size(file) <= LARGEST_FILE) {
        String unused = Files.readString(file);
      }
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of(file + notUtf8(file));
    } catch (AccessDeniedException e) {
      return Optional.of("this process is not permitted to read %s".formatted(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String notUtf8(Path file) {
    return isUtf16(file)
        ? " is UTF-16 text; save it as UTF-8"
        : " is not UTF-8 text; save text as UTF-8, and encode a binary keystore or certificate in Base64";
  }

  private static boolean isUtf16(Path file) {
    try (var bytes = Files.newInputStream(file)) {
      int first = bytes.read() << 8 | bytes.read();
      return first == 0xfeff || first == 0xfffe;
    } catch (IOException e) {
      return false;
    }
  }
}
