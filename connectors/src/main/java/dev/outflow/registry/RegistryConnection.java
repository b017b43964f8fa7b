package dev.outflow.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.reference.References;
import dev.outflow.secret.SecretException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The URLs and credentials of a schema registry. References to secrets stay references and are
 * resolved for each request.
 *
 * @param urls alternative URLs of the registry, without user info
 * @param user {@code user:password}; empty for none
 * @param isUserInUrl whether the user was part of a URL
 * @param token empty for none
 * @param credential the Azure credential for Key Vault, see {@link AzureCredential#of}
 */
record RegistryConnection(
    List<URI> urls, String user, boolean isUserInUrl, String token, String credential)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int LATIN_1 = 0xFF;
  private static final String INVALID_HEADER =
      "contains a character that is not allowed in an HTTP header";

  public RegistryConnection {
    urls = new ArrayList<>(urls); // Serializable.
  }

  /**
   * Reads the options of a format.
   *
   * @throws RegistryException if a URL is invalid
   */
  static RegistryConnection of(ReadableConfig format) {
    List<URI> urls = new ArrayList<>();
    Optional<String> user = format.getOptional(RegistryOptions.USER_INFO);
    for (String text : List.of(format.get(RegistryOptions.URL).split(","))) {
      URI url = url(text.strip());
      user = user.or(() -> Optional.ofNullable(url.getUserInfo()));
      urls.add(URI.create(text.strip().replaceFirst("//[^/@]*@", "//").replaceAll("/+$", "")));
    }
    return new RegistryConnection(
        urls,
        user.orElse(""),
        user.isPresent() && format.getOptional(RegistryOptions.USER_INFO).isEmpty(),
        format.getOptional(RegistryOptions.TOKEN).orElse(""),
        format.get(RegistryOptions.KEY_VAULT_CREDENTIAL));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new RegistryException(
        RegistryOptions.URL, "is not a valid URL; use e.g. https://registry:8081");
  }

  /**
   * Returns the {@code Authorization} header; empty for none.
   *
   * @throws RegistryException if a reference cannot be resolved, or its value is not allowed there
   */
  String authorization() {
    if (!user.isEmpty()) {
      byte[] resolved = resolve(userOption(), user).getBytes(UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(resolved);
    }
    if (token.isEmpty()) {
      return "";
    }
    String resolved = resolve(RegistryOptions.TOKEN, token);
    if (resolved.chars().anyMatch(character -> character > LATIN_1)) {
      throw new RegistryException(RegistryOptions.TOKEN, INVALID_HEADER);
    }
    return "Bearer " + resolved;
  }

  private ConfigOption<String> userOption() {
    return isUserInUrl ? RegistryOptions.URL : RegistryOptions.USER_INFO;
  }

  /**
   * Explains a rejected request at the option with the credentials.
   *
   * @param status the HTTP status, 401 or 403
   */
  RegistryException unauthorized(int status) {
    if (user.isEmpty() && token.isEmpty()) {
      return new RegistryException(
          RegistryOptions.URL,
          "%s requires authentication (HTTP %d); set %s.%s"
              .formatted(this, status, RegistryOptions.FORMAT, RegistryOptions.USER_INFO.key()));
    }
    return user.isEmpty()
        ? new RegistryException(
            RegistryOptions.TOKEN,
            "%s rejected it (HTTP %d); correct it or its permissions".formatted(this, status))
        : new RegistryException(
            userOption(),
            "%s rejected %s (HTTP %d); correct it or the permissions of that user"
                .formatted(this, isUserInUrl ? "the user in it" : "it", status));
  }

  /**
   * Strips the line end that files and secrets often have, and checks the value, because the JDK's
   * own error message contains it.
   */
  private String resolve(ConfigOption<String> option, String value) {
    String resolved = read(option, value).replaceFirst("[\\r\\n]+$", "");
    if (resolved.chars().anyMatch(Character::isISOControl)) {
      throw new RegistryException(option, INVALID_HEADER);
    }
    return resolved;
  }

  private String read(ConfigOption<String> option, String value) {
    if (!References.isIn(value)) {
      return value;
    }
    try {
      return new References(AzureCredential.of(credential))
          .read(Map.of(option.key(), value))
          .get(option.key());
    } catch (SecretException e) {
      throw new RegistryException(option, e.explanation());
    }
  }

  /** Omits the credentials. */
  @Override
  public String toString() {
    return String.join(",", urls.stream().map(URI::toString).toList());
  }
}
