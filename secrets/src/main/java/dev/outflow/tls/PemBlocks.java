package dev.outflow.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.outflow.secret.SecretException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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

  /**
   * Returns the blocks of PEM, of PEM that is encoded in Base64 once more, or of one certificate or
   * key in Base64-encoded DER; empty if the text is none of them.
   */
  static Optional<PemBlocks> find(String text) {
    return isPem(text) ? Optional.of(of(text)) : decoded(text).flatMap(PemBlocks::inBytes);
  }

  private static Optional<PemBlocks> inBytes(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (isPem(text)) {
      return Optional.of(of(text));
    }
    return DerLabel.of(bytes)
        .map(
            label ->
                new PemBlocks(
                    List.of(new Block(label, Base64.getEncoder().encodeToString(bytes)))));
  }

  /** Returns the bytes of a Base64 text with line ends of any kind; empty if it is not Base64. */
  static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
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
