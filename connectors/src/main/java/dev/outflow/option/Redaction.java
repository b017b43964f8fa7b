package dev.outflow.option;

import dev.outflow.reference.References;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps secrets out of what people and logs are shown. */
public final class Redaction {
  /** What stands for a secret. */
  public static final String HIDDEN = "******";

  /** Flink masks by the same words in its own configuration, where it sees them. */
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i).*(?:password|secret|jaas|token|credential|passphrase|api-?key|basic-auth|user-info"
              + "|account\\.key|keystore\\.key|auth-params|service-key|http-headers).*");

  /** Properties whose names sound like a secret and whose values are none. */
  private static final Pattern HARMLESS_KEY =
      Pattern.compile("key-vault-.*|oauth-token-endpoint|(?:truststore|keystore)-.*");

  /** A user and password in a URL, or a password among its parameters; references may be seen. */
  private static final Pattern IN_URL =
      Pattern.compile(
          "(?i)(?<=//)(?!\\$\\{)[^/@\\s]+(?=@)"
              + "|(?<=[?&;](?:password|pwd|secret|token|sig)=)(?!\\$\\{)[^&;\\s]+");

  private static final Pattern SECRET_VALUE = Pattern.compile("(?s).*PRIVATE KEY-----.*");
  private static final int LONGEST_NAME = 127;

  private Redaction() {}

  /** Whether a value is a secret that was written as it is, and not as a reference. */
  public static boolean isSecret(String key, String value) {
    if (References.isAllOf(value)) {
      return false;
    }
    if (HARMLESS_KEY.matcher(key).matches()) {
      // The name of a secret in a vault, unless it is the thing itself.
      return SECRET_VALUE.matcher(value).matches()
          || (value.length() > LONGEST_NAME && !value.contains("-----BEGIN"));
    }
    return soundsLikeSecret(key);
  }

  /** Whether an option's value is a secret, as far as its name tells. */
  public static boolean soundsLikeSecret(String key) {
    return SECRET_KEY.matcher(key).matches() && !HARMLESS_KEY.matcher(key).matches();
  }

  /** The same options with each secret hidden, sorted by name. */
  public static Map<String, String> of(Map<String, String> options) {
    Map<String, String> shown = new TreeMap<>(options);
    shown.replaceAll(Redaction::shown);
    return shown;
  }

  /** Whether {@link #of} hides a value, or a part of it. */
  public static boolean isHidden(String key, String value) {
    return !shown(key, value).equals(value);
  }

  private static String shown(String key, String value) {
    return isSecret(key, value) ? HIDDEN : IN_URL.matcher(value).replaceAll(HIDDEN);
  }

  /** A message of someone else's without any of the values of {@code secrets}. */
  public static String withoutValues(String message, Map<String, String> options) {
    return withoutValues(
        message,
        options.entrySet().stream()
            .filter(option -> isSecret(option.getKey(), option.getValue()))
            .map(Map.Entry::getValue)
            .toList());
  }

  private static String withoutValues(String message, Collection<String> secrets) {
    String shown = message;
    for (String secret : secrets) {
      shown = secret.isBlank() ? shown : shown.replace(secret, HIDDEN);
    }
    return shown;
  }
}
