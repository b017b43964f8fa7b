package dev.outflow.sasl;

import java.util.Map;
import java.util.Set;

/** Who a client says it is, and the proof. */
public record Credentials(String username, String password) {
  /** The properties they are made of. */
  public static final Set<String> PROPERTIES =
      Set.of(SaslProperties.USERNAME, SaslProperties.PASSWORD);

  /** From the texts of {@link #PROPERTIES}. */
  public static Credentials of(Map<String, String> texts) {
    return new Credentials(texts.get(SaslProperties.USERNAME), texts.get(SaslProperties.PASSWORD));
  }

  @Override
  public String toString() {
    return "Credentials[******]";
  }
}
