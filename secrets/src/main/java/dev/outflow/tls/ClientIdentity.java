package dev.outflow.tls;

import static dev.outflow.reference.SecretProperties.KEYSTORE_CERTIFICATE_CHAIN;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY;
import static dev.outflow.reference.SecretProperties.KEYSTORE_KEY_PASSWORD;

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
 * The client certificate of mutual TLS and its private key.
 *
 * @param chain the client's certificate first, then its issuer, and so on
 */
record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] SAMPLE = {1, 2, 3, 4, 5, 6, 7, 8};

  /**
   * Reads it from the values of the properties; empty if there is no certificate chain.
   *
   * @throws SecretException if certificate or key cannot be read, do not match or are not valid now
   */
  static Optional<ClientIdentity> of(Map<String, String> secrets, Clock clock) {
    String chain = secrets.get(KEYSTORE_CERTIFICATE_CHAIN);
    if (chain == null) {
      return Optional.empty();
    }
    String password = secrets.getOrDefault(KEYSTORE_KEY_PASSWORD, "");
    try {
      ClientIdentity identity =
          PemBlocks.find(chain)
              .map(pem -> ofPem(pem, secrets.get(KEYSTORE_KEY), password))
              .orElseGet(() -> ofStore(chain, password));
      identity.checkValidity(clock.instant());
      return Optional.of(identity);
    } catch (SecretException e) {
      throw e.forProperty(KEYSTORE_CERTIFICATE_CHAIN);
    }
  }

  private static ClientIdentity ofPem(PemBlocks pem, String keyText, String password) {
    List<X509Certificate> certificates = Certificates.ofPem(pem);
    PrivateKey key = keyText == null ? keyInChain(pem, password) : readKey(keyText, password);
    X509Certificate own =
        certificates.stream()
            .filter(certificate -> matches(key, certificate.getPublicKey()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SecretException(
                        KEYSTORE_KEY,
                        "does not match certificate %s of '%s'"
                            .formatted(
                                Certificates.name(certificates.get(0)),
                                KEYSTORE_CERTIFICATE_CHAIN)));
    return new ClientIdentity(inOrder(own, certificates), key);
  }

  private static PrivateKey keyInChain(PemBlocks pem, String password) {
    return PrivateKeys.read(pem, password)
        .orElseThrow(
            () ->
                new SecretException(
                    KEYSTORE_KEY,
                    "is required, because '%s' contains certificates only"
                        .formatted(KEYSTORE_CERTIFICATE_CHAIN)));
  }

  private static PrivateKey readKey(String text, String password) {
    PemBlocks pem = PemBlocks.find(text).orElseGet(() -> PemBlocks.of(text));
    try {
      return PrivateKeys.read(pem, password)
          .orElseThrow(() -> new SecretException("contains no private key, but " + pem.contents()));
    } catch (SecretException e) {
      throw e.forProperty(KEYSTORE_KEY);
    }
  }

  private static ClientIdentity ofStore(String text, String password) {
    KeyStore store = KeyStores.open(text, password, KEYSTORE_KEY_PASSWORD);
    try {
      for (String entry : KeyStores.aliases(store)) {
        if (store.getKey(entry, password.toCharArray()) instanceof PrivateKey key) {
          return new ClientIdentity(Certificates.ofEntry(store, entry), key);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new SecretException(
          KEYSTORE_KEY_PASSWORD, "does not decrypt the key in the keystore: " + e.getMessage());
    }
    throw new SecretException(
        KeyStores.hasUnencryptedKey(text)
            ? "is a keystore whose private key is not encrypted, which Java does not support; export it with a password, or use PEM"
            : "is a keystore without a private key");
  }

  /** Returns whether the certificate verifies a signature of the key. */
  private static boolean matches(PrivateKey key, PublicKey certified) {
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
      return false; // For example EC keys of different curves.
    }
  }

  private static List<X509Certificate> inOrder(X509Certificate own, List<X509Certificate> all) {
    List<X509Certificate> chain = new ArrayList<>(List.of(own));
    Optional<X509Certificate> next = Optional.of(own);
    while (next.isPresent()) {
      X509Certificate last = next.get();
      next =
          all.stream()
              .filter(certificate -> !chain.contains(certificate))
              .filter(
                  certificate ->
                      certificate.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
              .findFirst();
      next.ifPresent(chain::add);
    }
    return chain;
  }

  private void checkValidity(Instant now) {
    X509Certificate own = chain.get(0);
    if (own.getNotAfter().toInstant().isBefore(now)) {
      throw new SecretException(
          "certificate %s expired on %s; replace it with a renewed one"
              .formatted(Certificates.name(own), own.getNotAfter().toInstant()));
    }
    if (own.getNotBefore().toInstant().isAfter(now)) {
      throw new SecretException(
          "certificate %s is not valid before %s; check this machine's clock"
              .formatted(Certificates.name(own), own.getNotBefore().toInstant()));
    }
  }

  /** Returns the subject only: the key is secret. */
  @Override
  public String toString() {
    return "ClientIdentity[" + Certificates.name(chain.get(0)) + "]";
  }
}
