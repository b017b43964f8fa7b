package dev.outflow.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SASL mechanisms of a {@link FakeBroker}.
 *
 * @param accepted the text of the client message that each mechanism accepts; for OAUTHBEARER, the
 *     part with the token
 */
record FakeSasl(Map<String, String> accepted) {
  /** Connections do not authenticate. */
  static final FakeSasl NONE = new FakeSasl(Map.of());

  private static final String PLAIN = "PLAIN";
  private static final char SEPARATOR = 1;

  FakeSasl {
    accepted = Map.copyOf(accepted);
  }

  static FakeSasl plain(String username, String password) {
    return new FakeSasl(Map.of(PLAIN, "\0" + username + "\0" + password));
  }

  static FakeSasl bearer(String token) {
    return new FakeSasl(Map.of("OAUTHBEARER", "auth=Bearer " + token + SEPARATOR));
  }

  /** Returns these mechanisms and those of {@code other}, which prevail. */
  FakeSasl with(FakeSasl other) {
    Map<String, String> all = new TreeMap<>(accepted);
    all.putAll(other.accepted);
    return new FakeSasl(all);
  }

  boolean isRequired() {
    return !accepted.isEmpty();
  }

  boolean accepts(String mechanism, byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    return Optional.ofNullable(accepted.get(mechanism))
        .filter(mechanism.equals(PLAIN) ? text::equals : text::contains)
        .isPresent();
  }
}
