package dev.outflow.tls;

import dev.outflow.secret.ReloadableSecret;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Presents the current client certificate. One for each connection, so that certificate and key of
 * a handshake have the same version.
 */
final class ReloadingKeyManager extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private final ReloadableSecret<TlsMaterial> material;
  private Optional<ClientIdentity> presented = Optional.empty();

  ReloadingKeyManager(ReloadableSecret<TlsMaterial> material) {
    this.material = material;
  }

  /**
   * Ignores the issuers that the broker trusts: the broker reports why it rejects a certificate.
   */
  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose();
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose();
  }

  private String choose() {
    presented = material.current().identity();
    return presented.map(identity -> ALIAS).orElse(null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return presented.map(identity -> identity.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return presented.map(ClientIdentity::key).orElse(null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }
}
