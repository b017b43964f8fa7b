package dev.outflow.embedded;

import java.nio.charset.StandardCharsets;

/**
 * The one SASL mechanism of a {@link FakeBroker}, and the client message that it accepts.
 *
 * @param accepted the message's text; for OAUTHBEARER, the part with the token
 */
record FakeSasl(String mechanism, String accepted) {
  private static final char SEPARATOR = 1;

  static FakeSasl plain(String username, String password) {
    return new FakeSasl("PLAIN", "\0" + username + "\0" + password);
  }

  static FakeSasl bearer(String token) {
    return new FakeSasl("OAUTHBEARER", "auth=Bearer " + token + SEPARATOR);
  }

  boolean accepts(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    return mechanism.equals("PLAIN") ? text.equals(accepted) : text.contains(accepted);
  }
}
