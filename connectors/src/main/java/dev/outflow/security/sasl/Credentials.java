package dev.outflow.security.sasl;

import static dev.outflow.security.SecurityOptions.PASSWORD;
import static dev.outflow.security.SecurityOptions.USERNAME;

import java.util.Map;
import java.util.Set;

/** Who a client says it is, and the proof. */
public record Credentials(String username, String password) {
  /** The properties they are made of. */
  public static final Set<String> PROPERTIES = Set.of(USERNAME.key(), PASSWORD.key());

  /** From the texts of {@link #PROPERTIES}. */
  public static Credentials of(Map<String, String> texts) {
    return new Credentials(texts.get(USERNAME.key()), texts.get(PASSWORD.key()));
  }

  @Override
  public String toString() {
    return "Credentials[******]";
  }
}
