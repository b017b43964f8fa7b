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
 * The client's certificate as it is when a broker asks for it. One for each connection: within a
 * handshake, certificate and key are of the same version.
 */
final class ReloadableIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private final ReloadableSecret<TlsMaterial> material;
  private Optional<ClientIdentity> shown = Optional.empty();

  ReloadableIdentity(ReloadableSecret<TlsMaterial> material) {
    this.material = material;
  }

  /** Shows the certificate whoever the broker says that it trusts: the broker tells why not. */
  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose();
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose();
  }

  private String choose() {
    shown = material.current().identity();
    return shown.map(identity -> ALIAS).orElse(null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return shown.map(it -> it.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return shown.map(ClientIdentity::key).orElse(null);
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
