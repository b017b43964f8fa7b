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
 * Java's own judgement about a broker's certificate, by the authorities as they are at that moment,
 * with the reason in words of the user's.
 */
final class ReloadableTrust extends X509ExtendedTrustManager {
  private final ReloadableSecret<TlsMaterial> material;

  ReloadableTrust(ReloadableSecret<TlsMaterial> material) {
    this.material = material;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    TlsMaterial current = material.current();
    try {
      current.trust().checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      String why =
          current.authorities().refusal(chain, engine.getPeerHost(), engine.getPeerPort(), e);
      throw new CertificateException(why, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    TlsMaterial current = material.current();
    try {
      current.trust().checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      SSLSession session = ((SSLSocket) socket).getHandshakeSession();
      String why =
          current.authorities().refusal(chain, session.getPeerHost(), session.getPeerPort(), e);
      throw new CertificateException(why, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("without engine or socket no host name can be checked");
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
    return material.current().trust().getAcceptedIssuers();
  }
}
