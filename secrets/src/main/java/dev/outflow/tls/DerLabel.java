package dev.outflow.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Recognizes certificates and keys in DER by their first elements. */
final class DerLabel {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xa0;

  private DerLabel() {}

  /** Returns the label that the bytes would have in PEM; empty if they are something else. */
  static Optional<String> of(byte[] der) {
    try {
      ByteBuffer content = ByteBuffer.wrap(der);
      return enter(content, SEQUENCE) ? ofContent(content) : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofContent(ByteBuffer content) {
    return switch (content.get(content.position())) {
      case INTEGER -> ofKey(number(content), content);
      case OBJECT_IDENTIFIER -> Optional.of("PKCS7");
      case SEQUENCE -> ofSequence(content);
      default -> Optional.empty();
    };
  }

  /** A PKCS#12 keystore also begins with a number, its version 3. */
  private static Optional<String> ofKey(int version, ByteBuffer content) {
    int next = content.get(content.position()) & 0xff;
    if (version == 0) {
      return Optional.of(next == SEQUENCE ? "PRIVATE KEY" : "RSA PRIVATE KEY");
    }
    return version == 1 && next == OCTET_STRING ? Optional.of("EC PRIVATE KEY") : Optional.empty();
  }

  private static Optional<String> ofSequence(ByteBuffer content) {
    ByteBuffer first = content.duplicate();
    enter(first, SEQUENCE);
    return switch (first.get(first.position()) & 0xff) {
      case VERSION, INTEGER -> Optional.of("CERTIFICATE");
      case OBJECT_IDENTIFIER -> {
        first.position(first.limit());
        content.position(first.position());
        yield content.get(content.position()) == OCTET_STRING
            ? Optional.of("ENCRYPTED PRIVATE KEY")
            : Optional.of("PUBLIC KEY");
      }
      default -> Optional.empty();
    };
  }

  private static int number(ByteBuffer content) {
    enter(content.duplicate(), INTEGER);
    content.get();
    int length = Pkcs8.length(content);
    int last = content.get(content.position() + length - 1);
    content.position(content.position() + length);
    return last;
  }

  /** Moves to the content of an element and limits the buffer to it, if it has this tag. */
  private static boolean enter(ByteBuffer from, int tag) {
    if ((from.get() & 0xff) != tag) {
      return false;
    }
    int length = Pkcs8.length(from);
    from.limit(from.position() + length);
    return true;
  }
}
