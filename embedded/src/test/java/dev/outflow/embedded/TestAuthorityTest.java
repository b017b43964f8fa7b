package dev.outflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestAuthorityTest {
  private static final TestAuthority ROOT = TestAuthority.create("a root, of tests");

  @Test
  void aChainEndsAtItsRoot() throws Exception {
    TestCertificate direct = ROOT.client("alice");
    TestCertificate indirect = ROOT.intermediate("below").intermediate("far below").client("bob");

    verify(direct.chain());
    verify(indirect.chain());
    assertThat(direct.chain()).hasSize(1);
    assertThat(indirect.chain())
        .extracting(each -> each.getSubjectX500Principal().getName())
        .containsExactly("CN=bob", "CN=far below", "CN=below");
    assertThat(ROOT.pem()).startsWith("-----BEGIN CERTIFICATE-----\n").doesNotContain("\r");
  }

  @Test
  void aServerHasItsNames() throws Exception {
    X509Certificate server = ROOT.server("localhost", "127.0.0.1").chain().get(0);

    assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
  }

  @Test
  void validityIsAsAskedFor() throws Exception {
    ROOT.server("localhost").chain().get(0).checkValidity();
    assertThatThrownBy(() -> ROOT.expiredServer("localhost").chain().get(0).checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> ROOT.expiredClient("alice").chain().get(0).checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    X509Certificate brief = ROOT.clientValidFor("alice", Duration.ofMinutes(5)).chain().get(0);
    brief.checkValidity();
    assertThat(brief.getNotAfter().toInstant()).isBefore(Instant.now().plus(Duration.ofMinutes(6)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyFormOfAKeyIsThatKey(boolean ec) throws Exception {
    TestCertificate alice = ec ? ROOT.clientEc("alice") : ROOT.client("alice");

    assertThat(secret(key(alice.keyPkcs8Pem(), ""))).isEqualTo(secret(alice.key()));
    assertThat(secret(key(alice.keyTraditionalPem(), ""))).isEqualTo(secret(alice.key()));
    assertThat(secret(key(alice.keyEncryptedPem("päss"), "päss"))).isEqualTo(secret(alice.key()));
  }

  @Test
  void aKeyStoreHasKeyAndChain() throws Exception {
    TestCertificate alice = ROOT.intermediate("below").client("alice");

    assertKeyStore("PKCS12", alice.pkcs12Base64("secret"), "secret", alice);
    assertKeyStore("PKCS12", alice.pkcs12Base64(""), "", alice);
    assertKeyStore("JKS", alice.jksBase64("secret"), "secret", alice);
  }

  private static void verify(List<X509Certificate> chain) throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(ROOT.certificate(), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
  }

  private static PrivateKey key(String pem, String password) throws Exception {
    Object parsed = new PEMParser(new StringReader(pem)).readObject();
    PrivateKeyInfo info;
    if (parsed instanceof PEMKeyPair pair) {
      info = pair.getPrivateKeyInfo();
    } else if (parsed instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      info =
          encrypted.decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(password.toCharArray()));
    } else {
      info = (PrivateKeyInfo) parsed;
    }
    return new JcaPEMKeyConverter().getPrivateKey(info);
  }

  /** The number that makes the key: encodings of one EC key may differ in what else they hold. */
  private static BigInteger secret(PrivateKey key) {
    return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
  }

  private static void assertKeyStore(
      String type, String base64, String password, TestCertificate expected) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(
        new ByteArrayInputStream(Base64.getDecoder().decode(base64)), password.toCharArray());
    String alias = store.aliases().nextElement();
    assertThat(store.getKey(alias, password.toCharArray())).isEqualTo(expected.key());
    assertThat(store.getCertificateChain(alias))
        .containsExactly(expected.chain().toArray(new X509Certificate[0]));
  }
}
