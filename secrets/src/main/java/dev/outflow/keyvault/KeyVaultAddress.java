package dev.outflow.keyvault;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a Key Vault is.
 *
 * @param url {@code https://my-vault.vault.azure.net}, without a path
 */
public record KeyVaultAddress(URI url) {
  /** Azure's rule: 3 to 24 letters, digits and single hyphens, beginning with a letter. */
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]");

  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|\\[.*\\]");
  private static final String PUBLIC_CLOUD = "https://%s.vault.azure.net";

  /**
   * Of a vault's name, or of its full URL for other clouds.
   *
   * @throws IllegalArgumentException saying what can be written
   */
  public static KeyVaultAddress of(String written) {
    if (NAME.matcher(written).matches()) {
      return new KeyVaultAddress(URI.create(PUBLIC_CLOUD.formatted(written)));
    }
    try {
      URI url = new URI(written);
      boolean nothingBehindTheHost = url.getPath() == null || url.getPath().matches("/?");
      if ("https".equals(url.getScheme())
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && nothingBehindTheHost) {
        return new KeyVaultAddress(
            new URI("https", null, url.getHost(), url.getPort(), null, null, null));
      }
    } catch (URISyntaxException e) {
      // Falls through: neither a name nor a URL.
    }
    throw new IllegalArgumentException(
        "'%s' is no Key Vault; write its name, as my-vault, or for another cloud its whole URL, as https://my-vault.vault.azure.cn"
            .formatted(written));
  }

  /**
   * What a token for it is for: {@code https://vault.azure.net/.default}, or the same of the cloud
   * that its domain is in.
   */
  public String scope() {
    String host = url.getHost();
    return "https://%s/.default"
        .formatted(isInADomain() ? host.substring(host.indexOf('.') + 1) : "vault.azure.net");
  }

  /**
   * Whether the vault's demand for a token must name the domain that the vault is in, so that no
   * server gets a token for something else. Only an emulator has no domain: its host is an IP
   * address or a single word.
   */
  boolean isInADomain() {
    return url.getHost().contains(".") && !ADDRESS.matcher(url.getHost()).matches();
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
