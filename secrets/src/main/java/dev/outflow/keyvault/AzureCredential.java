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
 * As whom this process speaks to Azure: {@code key-vault-credential}.
 *
 * @param kind which of azure-identity's credentials
 * @param identity of a user-assigned managed identity: its client id or its resource id; otherwise
 *     empty
 */
public record AzureCredential(Kind kind, String identity) {
  /** azure-identity's own chain: environment, workload identity, managed identity, az login. */
  public static final AzureCredential DEFAULT = new AzureCredential(Kind.DEFAULT, "");

  private static final Duration PROCESS = Duration.ofSeconds(5);

  /** The credentials that can be chosen. */
  public enum Kind {
    DEFAULT,
    MANAGED_IDENTITY,
    WORKLOAD_IDENTITY,
    ENVIRONMENT,
    AZURE_CLI;

    /** As written: {@code managed-identity}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * From {@code managed-identity}, or {@code managed-identity:<client id or resource id>}.
   *
   * @throws IllegalArgumentException saying what can be written
   */
  public static AzureCredential of(String written) {
    String name = written.split(":", 2)[0];
    String identity = written.substring(Math.min(written.length(), name.length() + 1));
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.toString().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(refusal(written)));
    if (!identity.isEmpty() && kind != Kind.MANAGED_IDENTITY) {
      throw new IllegalArgumentException(refusal(written));
    }
    return new AzureCredential(kind, identity);
  }

  private static String refusal(String written) {
    return "'%s' is none of %s; a user-assigned identity is managed-identity:<its client id or resource id>"
        .formatted(
            written, Arrays.stream(Kind.values()).map(Kind::toString).collect(joining(", ")));
  }

  /**
   * The SDK's credential, with every wait bounded.
   *
   * @throws SecretException if this process lacks what such a credential needs from the start
   */
  public TokenCredential open() {
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
              .credentialProcessTimeout(PROCESS)
              .httpClient(AzureRequests.client())
              .retryPolicy(AzureRequests.retries())
              .build();
      case MANAGED_IDENTITY -> managedIdentity();
      case WORKLOAD_IDENTITY ->
          new WorkloadIdentityCredentialBuilder()
              .httpClient(AzureRequests.client())
              .retryPolicy(AzureRequests.retries())
              .build();
      case ENVIRONMENT ->
          new EnvironmentCredentialBuilder()
              .httpClient(AzureRequests.client())
              .retryPolicy(AzureRequests.retries())
              .build();
      case AZURE_CLI -> new AzureCliCredentialBuilder().processTimeout(PROCESS).build();
    };
  }

  private TokenCredential managedIdentity() {
    ManagedIdentityCredentialBuilder builder =
        new ManagedIdentityCredentialBuilder()
            .httpClient(AzureRequests.client())
            .retryPolicy(AzureRequests.retries());
    if (identity.startsWith("/")) {
      builder.resourceId(identity);
    } else if (!identity.isEmpty()) {
      builder.clientId(identity);
    }
    return builder.build();
  }

  /** As written in {@code key-vault-credential}. */
  @Override
  public String toString() {
    return identity.isEmpty() ? kind.toString() : kind + ":" + identity;
  }
}
