package dev.outflow.tls;

import dev.outflow.secret.ReloadableSecret;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies broker certificates with Java's trust manager and the current trust anchors, and
 * explains why one is rejected.
 */
final class ReloadingTrustManager extends X509ExtendedTrustManager {
  private final ReloadableSecret<TlsMaterial> material;

  ReloadingTrustManager(ReloadableSecret<TlsMaterial> material) {
    this.material = material;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    TlsMaterial current = material.current();
    try {
      current.trustManager().checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateException(
          current.trustAnchors().explain(chain, engine.getPeerHost(), engine.getPeerPort(), e), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    TlsMaterial current = material.current();
    try {
      current.trustManager().checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      SSLSession session = ((SSLSocket) socket).getHandshakeSession();
      throw new CertificateException(
          current.trustAnchors().explain(chain, session.getPeerHost(), session.getPeerPort(), e),
          e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException(
        "the host name cannot be verified without an SSLEngine or a socket");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("for Kafka clients only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return material.current().trustManager().getAcceptedIssuers();
  }
}
