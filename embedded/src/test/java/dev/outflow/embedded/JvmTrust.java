package dev.outflow.embedded;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS contexts of this JVM with test certificates. */
final class JvmTrust {
  private static final List<X509Certificate> ADDED = new ArrayList<>();

  private JvmTrust() {}

  /** Adds a CA to the trust of {@link SSLContext#getDefault()}. */
  static synchronized void add(TestAuthority authority) {
    ADDED.add(authority.certificate());
    try {
      List<X509Certificate> all = new ArrayList<>(ADDED);
      for (TrustManager manager : trusting(null)) {
        all.addAll(List.of(((X509TrustManager) manager).getAcceptedIssuers()));
      }
      KeyStore store = emptyStore();
      for (int i = 0; i < all.size(); i++) {
        store.setCertificateEntry("authority-" + i, all.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(store), new SecureRandom());
      SSLContext.setDefault(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not trust " + authority.name(), e);
    }
  }

  /** Returns the context of a server with this certificate. */
  static SSLContext server(TestCertificate certificate) {
    try {
      char[] password = "not secret, in memory only".toCharArray();
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "server",
          certificate.key(),
          password,
          certificate.chain().toArray(new X509Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, new SecureRandom());
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not serve with " + certificate, e);
    }
  }

  /** Returns the trust managers of a truststore; of the JVM's if {@code store} is null. */
  private static TrustManager[] trusting(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
