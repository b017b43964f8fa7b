package dev.outflow.tls;

import static dev.outflow.tls.TlsProperties.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.tls.TlsProperties.KEYSTORE_KEY;
import static dev.outflow.tls.TlsProperties.KEYSTORE_KEY_PASSWORD;

import dev.outflow.secret.SecretException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate by which a client proves who it is, and the key that belongs to it.
 *
 * @param chain its own certificate first, then the one that signed it, and so on
 */
record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] SAMPLE = {1, 2, 3, 4, 5, 6, 7, 8};

  /**
   * From the texts of the properties; none if there are none.
   *
   * @throws SecretException if they cannot be read, do not belong together or are not valid now
   */
  static Optional<ClientIdentity> of(Map<String, String> texts, Clock clock) {
    String chain = texts.get(KEYSTORE_CERTIFICATE_CHAIN);
    if (chain == null) {
      return Optional.empty();
    }
    String password = texts.getOrDefault(KEYSTORE_KEY_PASSWORD, "");
    try {
      ClientIdentity identity =
          PemBlocks.isPem(chain)
              ? ofPem(PemBlocks.of(chain), texts.get(KEYSTORE_KEY), password)
              : ofStore(chain, password);
      identity.checkValidity(clock.instant());
      return Optional.of(identity);
    } catch (SecretException e) {
      throw e.about(KEYSTORE_CERTIFICATE_CHAIN);
    }
  }

  private static ClientIdentity ofPem(PemBlocks pem, String keyText, String password) {
    List<X509Certificate> certificates = Certificates.ofPem(pem);
    PrivateKey key = keyText == null ? keyBeside(pem, password) : readKey(keyText, password);
    X509Certificate own =
        certificates.stream()
            .filter(each -> belongs(key, each.getPublicKey()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SecretException(
                        KEYSTORE_KEY,
                        "does not belong to the certificate %s of '%s'"
                            .formatted(
                                Certificates.name(certificates.get(0)),
                                KEYSTORE_CERTIFICATE_CHAIN)));
    return new ClientIdentity(inOrder(own, certificates), key);
  }

  private static PrivateKey keyBeside(PemBlocks pem, String password) {
    return PrivateKeys.read(pem, password)
        .orElseThrow(
            () ->
                new SecretException(
                    KEYSTORE_KEY,
                    "is required, because '%s' holds certificates only"
                        .formatted(KEYSTORE_CERTIFICATE_CHAIN)));
  }

  private static PrivateKey readKey(String text, String password) {
    try {
      return PrivateKeys.read(PemBlocks.of(text), password)
          .orElseThrow(
              () ->
                  new SecretException(
                      "holds no private key, but " + PemBlocks.of(text).contents()));
    } catch (SecretException e) {
      throw e.about(KEYSTORE_KEY);
    }
  }

  private static ClientIdentity ofStore(String text, String password) {
    KeyStore store = KeyStores.open(text, password, KEYSTORE_KEY_PASSWORD);
    try {
      for (String entry : KeyStores.entries(store)) {
        if (store.getKey(entry, password.toCharArray()) instanceof PrivateKey key) {
          return new ClientIdentity(Certificates.ofEntry(store, entry), key);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new SecretException(
          KEYSTORE_KEY_PASSWORD, "does not open the key in the store: " + e.getMessage());
    }
    throw new SecretException("its store holds no private key");
  }

  /** A key belongs to a certificate if that can verify what the key has signed. */
  private static boolean belongs(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // As with EC keys of different curves.
    }
  }

  private static List<X509Certificate> inOrder(X509Certificate own, List<X509Certificate> all) {
    List<X509Certificate> chain = new ArrayList<>(List.of(own));
    Optional<X509Certificate> next = Optional.of(own);
    while (next.isPresent()) {
      X509Certificate last = next.get();
      next =
          all.stream()
              .filter(each -> !chain.contains(each))
              .filter(each -> each.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .findFirst();
      next.ifPresent(chain::add);
    }
    return chain;
  }

  private void checkValidity(Instant now) {
    X509Certificate own = chain.get(0);
    if (own.getNotAfter().toInstant().isBefore(now)) {
      throw new SecretException(
          "the certificate %s expired on %s; put a renewed one there"
              .formatted(Certificates.name(own), own.getNotAfter().toInstant()));
    }
    if (own.getNotBefore().toInstant().isAfter(now)) {
      throw new SecretException(
          "the certificate %s is not valid before %s; is this machine's clock right?"
              .formatted(Certificates.name(own), own.getNotBefore().toInstant()));
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ClientIdentity[" + Certificates.name(chain.get(0)) + "]";
  }
}
