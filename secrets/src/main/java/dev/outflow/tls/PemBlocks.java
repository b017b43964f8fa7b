package dev.outflow.tls;

import static java.util.stream.Collectors.joining;

import dev.outflow.secret.SecretException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text (RFC 7468). Text between them is ignored. Line ends can be of any kind,
 * spaces (as forms in the Azure portal turn them into) or a literal {@code \n}.
 */
record PemBlocks(List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

  /**
   * @param label for example {@code CERTIFICATE}
   * @param text its Base64, preceded by headers in older formats
   */
  record Block(String label, String text) {
    /** Returns whether it is a key in OpenSSL's traditional encryption, older than PKCS#8. */
    boolean isTraditionallyEncrypted() {
      return text.contains("ENCRYPTED");
    }

    byte[] der() {
      try {
        return Base64.getMimeDecoder().decode(text.replace("\\r", "").replace("\\n", "\n"));
      } catch (IllegalArgumentException e) {
        throw new SecretException("contains a %s block that is not Base64".formatted(label));
      }
    }

    /** Returns the label only: the content can be a key. */
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
        BLOCK
            .matcher(text)
            .results()
            .map(block -> new Block(block.group(1), block.group(2)))
            .toList());
  }

  /** Returns the blocks whose label ends with {@code end}. */
  List<Block> withLabel(String end) {
    return blocks.stream().filter(block -> block.label().endsWith(end)).toList();
  }

  /** Returns the labels, for messages. */
  String contents() {
    return blocks.isEmpty()
        ? "no complete PEM block"
        : blocks.stream().map(Block::label).distinct().collect(joining(", "));
  }
}
