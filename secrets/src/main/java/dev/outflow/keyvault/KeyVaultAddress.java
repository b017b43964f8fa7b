package dev.outflow.keyvault;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The address of a Key Vault.
 *
 * @param url {@code https://my-vault.vault.azure.net}, without a path
 */
public record KeyVaultAddress(URI url) {
  /** Azure's rule: 3 to 24 letters, digits and single hyphens, starting with a letter. */
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]");

  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[.*\\]");
  private static final String PUBLIC_CLOUD = "https://%s.vault.azure.net";

  /**
   * Parses a vault's name, or its URL in other clouds.
   *
   * @throws IllegalArgumentException if it is invalid, with the valid forms
   */
  public static KeyVaultAddress of(String text) {
    if (NAME.matcher(text).matches()) {
      return new KeyVaultAddress(URI.create(PUBLIC_CLOUD.formatted(text)));
    }
    try {
      URI url = new URI(text);
      boolean hostOnly = url.getPath() == null || url.getPath().matches("/?");
      if ("https".equals(url.getScheme())
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && hostOnly) {
        return new KeyVaultAddress(
            new URI("https", null, url.getHost(), url.getPort(), null, null, null));
      }
    } catch (URISyntaxException e) {
      // Falls through: neither a name nor a URL.
    }
    throw new IllegalArgumentException(
        "'%s' is not a Key Vault; use its name, e.g. my-vault, or in another cloud its URL, e.g. https://my-vault.vault.azure.cn"
            .formatted(text));
  }

  /**
   * Returns the scope of its tokens: {@code https://vault.azure.net/.default}, or that of the cloud
   * of its domain.
   */
  public String scope() {
    String host = url.getHost();
    return "https://%s/.default"
        .formatted(hasDomain() ? host.substring(host.indexOf('.') + 1) : "vault.azure.net");
  }

  /**
   * Returns whether the authentication challenge has to name the vault's own domain, so that no
   * server obtains a token for another resource. Only an emulator has no domain: its host is an IP
   * address or a single word.
   */
  boolean hasDomain() {
    return url.getHost().contains(".") && !ADDRESS.matcher(url.getHost()).matches();
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
