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
 * Where a schema registry is, and who asks it. References to secrets stay references: they are read
 * where the registry is asked, each time.
 *
 * @param urls the same registry under each, without users in them
 * @param user {@code user:password}; empty for none
 * @param isUserInUrl whether the user was written there
 * @param token empty for none
 * @param credential as whom Key Vault is read, as {@link AzureCredential#of} takes it
 */
public record RegistryConnection(
    List<URI> urls, String user, boolean isUserInUrl, String token, String credential)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int LATIN_1 = 0xFF;
  private static final String NO_HEADER = "holds a character that no HTTP header takes";

  public RegistryConnection {
    urls = new ArrayList<>(urls); // Serializable.
  }

  /**
   * From the options of a format.
   *
   * @throws RegistryException if the URL is none
   */
  static RegistryConnection of(ReadableConfig format) {
    List<URI> urls = new ArrayList<>();
    Optional<String> user = format.getOptional(RegistryOptions.USER_INFO);
    for (String each : List.of(format.get(RegistryOptions.URL).split(","))) {
      URI url = url(each.strip());
      user = user.or(() -> Optional.ofNullable(url.getUserInfo()));
      urls.add(URI.create(each.strip().replaceFirst("//[^/@]*@", "//").replaceAll("/+$", "")));
    }
    return new RegistryConnection(
        urls,
        user.orElse(""),
        user.isPresent() && format.getOptional(RegistryOptions.USER_INFO).isEmpty(),
        format.getOptional(RegistryOptions.TOKEN).orElse(""),
        format.get(RegistryOptions.KEY_VAULT_CREDENTIAL));
  }

  private static URI url(String written) {
    try {
      URI url = URI.create(written);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new RegistryException(
        RegistryOptions.URL, "is no URL; write for example https://registry:8081");
  }

  /**
   * The header of that name; empty for none.
   *
   * @throws RegistryException if a reference leads to nothing here, or to what no header takes
   */
  String authorization() {
    if (!user.isEmpty()) {
      byte[] known = known(userOption(), user).getBytes(UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(known);
    }
    if (token.isEmpty()) {
      return "";
    }
    String known = known(RegistryOptions.TOKEN, token);
    if (known.chars().anyMatch(it -> it > LATIN_1)) {
      throw new RegistryException(RegistryOptions.TOKEN, NO_HEADER);
    }
    return "Bearer " + known;
  }

  private ConfigOption<String> userOption() {
    return isUserInUrl ? RegistryOptions.URL : RegistryOptions.USER_INFO;
  }

  /**
   * What to do when the registry does not let this client in, about the option that says who asks.
   *
   * @param status HTTP's: 401 or 403
   */
  RegistryException notLetIn(int status) {
    if (user.isEmpty() && token.isEmpty()) {
      return new RegistryException(
          RegistryOptions.URL,
          "%s asks for a user (HTTP %d); set %s.%s"
              .formatted(
                  this, status, RegistryFormatFactory.IDENTIFIER, RegistryOptions.USER_INFO.key()));
    }
    return user.isEmpty()
        ? new RegistryException(
            RegistryOptions.TOKEN,
            "%s refuses it (HTTP %d); correct it, or its rights".formatted(this, status))
        : new RegistryException(
            userOption(),
            "%s refuses %s (HTTP %d); correct it, or the rights of that user"
                .formatted(this, isUserInUrl ? "the user in it" : "it", status));
  }

  /**
   * Without the line end that a file or a secret may have; checked here, because the JDK's refusal
   * shows the value.
   */
  private String known(ConfigOption<String> option, String value) {
    String known = read(option, value).replaceFirst("[\\r\\n]+$", "");
    if (known.chars().anyMatch(Character::isISOControl)) {
      throw new RegistryException(option, NO_HEADER);
    }
    return known;
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

  /** The URLs only. */
  @Override
  public String toString() {
    return String.join(",", urls.stream().map(URI::toString).toList());
  }
}
