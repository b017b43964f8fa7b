package dev.outflow.tls;

import static java.util.stream.Collectors.joining;

import dev.outflow.secret.SecretException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text (RFC 7468). Text between them is passed over; line ends can be of any
 * kind, blanks (as a portal's form makes of them) or a written {@code \n}.
 */
record PemBlocks(List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

  /**
   * @param label what it is: {@code CERTIFICATE}
   * @param text its Base64, before which older forms have headers
   */
  record Block(String label, String text) {
    /** Whether it is encrypted in the form that OpenSSL had before PKCS#8. */
    boolean isEncryptedTraditionally() {
      return text.contains("ENCRYPTED");
    }

    byte[] der() {
      try {
        return Base64.getMimeDecoder().decode(text.replace("\\r", "").replace("\\n", "\n"));
      } catch (IllegalArgumentException e) {
        throw new SecretException("its %s block is not Base64".formatted(label));
      }
    }

    /** Without its content, which may be a key. */
    @Override
    public String toString() {
      return label;
    }
  }

  static boolean isPem(String text) {
    return text.contains("-----BEGIN ");
  }

  static PemBlocks of(String text) {
    return new PemBlocks(
        BLOCK.matcher(text).results().map(it -> new Block(it.group(1), it.group(2))).toList());
  }

  /** The blocks whose label ends so. */
  List<Block> labelled(String end) {
    return blocks.stream().filter(block -> block.label().endsWith(end)).toList();
  }

  /** What it holds, for messages. */
  String contents() {
    return blocks.isEmpty()
        ? "no whole PEM block"
        : blocks.stream().map(Block::label).distinct().collect(joining(", "));
  }
}
