package dev.outflow.security.sasl;

import static dev.outflow.security.SecurityOptions.PASSWORD;
import static dev.outflow.security.SecurityOptions.USERNAME;

import java.util.Map;
import java.util.Set;

/**
 * Who a client says it is, and the proof.
 *
 * @param username without the line end that a file or a secret may have
 * @param password likewise
 */
public record Credentials(String username, String password) {
  /** The properties they are made of. */
  public static final Set<String> PROPERTIES = Set.of(USERNAME.key(), PASSWORD.key());

  /** From the texts of {@link #PROPERTIES}. */
  public static Credentials of(Map<String, String> texts) {
    return new Credentials(
        withoutLineEnd(texts.get(USERNAME.key())), withoutLineEnd(texts.get(PASSWORD.key())));
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("[\\r\\n]+$", "");
  }

  @Override
  public String toString() {
    return "Credentials[******]";
  }
}
