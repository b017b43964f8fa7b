package dev.outflow.option;

import dev.outflow.reference.References;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Masks secrets in output and logs. */
public final class Redaction {
  /** The replacement for a secret. */
  public static final String HIDDEN = "******";

  /** Includes the words by which Flink masks its own configuration. */
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i).*(?:password|secret|jaas|token|credential|passphrase|api-?key|basic-auth|user-info"
              + "|account\\.key|keystore\\.key|auth-params|service-key|http-headers).*");

  /** Properties that match {@link #SECRET_KEY} but do not contain secrets. */
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("key-vault-.*|oauth-token-endpoint|(?:truststore|keystore)-.*");

  /**
   * A user and password before a host, a password in a URL's parameters, or the key of a connection
   * string, unless it is a reference.
   */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i)(?<=//)(?<!(?:abfs|wasb)s?://)(?!\\$\\{)[^/@\\s]+(?=@)"
              + "|(?<![^\\s,'\"])(?!\\$\\{)[^\\s,'\":/@]+:[^\\s,'\"/@]+(?=@[\\w\\[])"
              + "|(?<=[?&;](?:password|pwd|secret|token|sig)=)(?!\\$\\{)[^&;\\s]+"
              + "|(?<=(?:SharedAccessKey|SharedAccessSignature|AccountKey)=)(?!\\$\\{)[^;\\s'\"]+");

  private static final Pattern SECRET_VALUE = Pattern.compile("(?s).*PRIVATE KEY-----.*");
  private static final int LONGEST_NAME = 127;

  private Redaction() {}

  /** Returns whether a value is a plain-text secret, not a reference. */
  public static boolean isSecret(String key, String value) {
    if (References.isReference(value)) {
      return false;
    }
    if (SECRET_VALUE.matcher(value).matches()) {
      return true;
    }
    // Usually the name of a secret in a vault, but it can be the secret.
    return PUBLIC_KEY.matcher(key).matches()
        ? value.length() > LONGEST_NAME && !value.contains("-----BEGIN")
        : isSecretKey(key);
  }

  /** Returns whether an option contains a secret, judged by its name. */
  public static boolean isSecretKey(String key) {
    return SECRET_KEY.matcher(key).matches() && !PUBLIC_KEY.matcher(key).matches();
  }

  /** Returns the options with secrets masked, sorted by name. */
  public static Map<String, String> of(Map<String, String> options) {
    Map<String, String> shown = new TreeMap<>(options);
    shown.replaceAll(Redaction::shown);
    return shown;
  }

  /** Returns whether {@link #of} masks a value or a part of it. */
  public static boolean isHidden(String key, String value) {
    return !shown(key, value).equals(value);
  }

  private static String shown(String key, String value) {
    return isSecret(key, value) ? HIDDEN : inText(value);
  }

  /**
   * Returns a text with the passwords masked that URLs, addresses and connection strings contain.
   */
  public static String inText(String text) {
    return IN_TEXT.matcher(text).replaceAll(HIDDEN);
  }

  /** Returns the message of another component with the secrets among {@code options} masked. */
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
