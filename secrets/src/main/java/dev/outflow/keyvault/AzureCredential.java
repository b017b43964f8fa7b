package dev.outflow.keyvault;

import static java.util.stream.Collectors.joining;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * The Azure identity that this process uses: {@code key-vault-credential}. One of {@code default},
 * {@code managed-identity}, {@code managed-identity:<client id or resource id>}, {@code
 * workload-identity}, {@code environment} and {@code azure-cli}.
 *
 * @param kind the credential type of azure-identity
 * @param identity the client id or resource id of a user-assigned managed identity; otherwise empty
 */
public record AzureCredential(Kind kind, String identity) {
  /** azure-identity's chain: environment, workload identity, managed identity, az login. */
  public static final AzureCredential DEFAULT = new AzureCredential(Kind.DEFAULT, "");

  private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(5);

  /** The types of credentials. */
  public enum Kind {
    DEFAULT,
    MANAGED_IDENTITY,
    WORKLOAD_IDENTITY,
    ENVIRONMENT,
    AZURE_CLI;

    /** Returns the name in {@code key-vault-credential}: {@code managed-identity}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Parses {@code managed-identity} or {@code managed-identity:<client id or resource id>}.
   *
   * @throws IllegalArgumentException if it is invalid, with the valid values
   */
  public static AzureCredential of(String text) {
    String name = text.split(":", 2)[0];
    String identity = text.substring(Math.min(text.length(), name.length() + 1));
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(type -> type.toString().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(invalid(text)));
    if (!identity.isEmpty() && kind != Kind.MANAGED_IDENTITY) {
      throw new IllegalArgumentException(invalid(text));
    }
    return new AzureCredential(kind, identity);
  }

  private static String invalid(String text) {
    return "'%s' is invalid; expected one of %s; for a user-assigned identity, managed-identity:<client id or resource id>"
        .formatted(text, Arrays.stream(Kind.values()).map(Kind::toString).collect(joining(", ")));
  }

  /**
   * Creates the SDK's credential, with bounded timeouts.
   *
   * @throws SecretException if this process lacks the configuration that the credential requires
   */
  TokenCredential tokenCredential() {
    try {
      return build();
    } catch (RuntimeException e) {
      throw new SecretException(
          "no Azure identity (key-vault-credential '%s'): %s".formatted(this, e.getMessage()));
    }
  }

  private TokenCredential build() {
    return switch (kind) {
      case DEFAULT ->
          new DefaultAzureCredentialBuilder()
              .credentialProcessTimeout(PROCESS_TIMEOUT)
              .httpClient(AzureHttp.client())
              .retryPolicy(AzureHttp.retryPolicy())
              .build();
      case MANAGED_IDENTITY -> managedIdentity();
      case WORKLOAD_IDENTITY ->
          new WorkloadIdentityCredentialBuilder()
              .httpClient(AzureHttp.client())
              .retryPolicy(AzureHttp.retryPolicy())
              .build();
      case ENVIRONMENT ->
          new EnvironmentCredentialBuilder()
              .httpClient(AzureHttp.client())
              .retryPolicy(AzureHttp.retryPolicy())
              .build();
      case AZURE_CLI -> new AzureCliCredentialBuilder().processTimeout(PROCESS_TIMEOUT).build();
    };
  }

  private TokenCredential managedIdentity() {
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder()
            .httpClient(AzureHttp.client())
            .retryPolicy(AzureHttp.retryPolicy());
    if (identity.startsWith("/")) {
      builder.resourceId(identity);
    } else if (!identity.isEmpty()) {
      builder.clientId(identity);
    }
    return builder.build();
  }

  /** Returns the value of {@code key-vault-credential}. */
  @Override
  public String toString() {
    return identity.isEmpty() ? kind.toString() : kind + ":" + identity;
  }
}
