package dev.outflow.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import dev.outflow.secret.SecretException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and keys in every supported format. */
class TlsMaterialTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
  private static final TestAuthority OTHER = TestAuthority.create("other");
  private static final TestCertificate RSA = AUTHORITY.clientRsa("rsa");
  private static final TestCertificate EC = AUTHORITY.client("ec");

  static Stream<String> bundles() {
    String both = AUTHORITY.pem() + OTHER.pem();
    return Stream.of(
        both,
        both.replace("\n", "\r\n"),
        both.replace("\n", " "),
        both.replace("\n", "\\n"),
        "# ours\n"
            + AUTHORITY.pem()
            + "Subject: CN=other, of 2026\n\n"
            + OTHER.pem()
            + "\nthe end");
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void readsBundleWithAnyLineEndsAndTextBetweenCertificates(String bundle) {
    assertThat(material(Map.of("truststore-certificates", bundle)).trustAnchors().certificates())
        .containsExactly(AUTHORITY.certificate(), OTHER.certificate());
  }

  @Test
  void usesTheJvmsTruststoreByDefault() {
    TlsMaterial material = material(Map.of());

    assertThat(material.trustAnchors().certificates()).isEmpty();
    assertThat(material.trustManager().getAcceptedIssuers()).hasSizeGreaterThan(10);
    assertThat(material.firstTrustAnchorToExpire()).isEmpty();
  }

  @Test
  void readsTruststoreInPkcs12OrJks() {
    assertThat(trusted(RSA.pkcs12Base64(""), null)).containsExactlyElementsOf(RSA.chain());
    assertThat(trusted(RSA.pkcs12Base64("changeit"), "changeit"))
        .containsExactlyElementsOf(RSA.chain());
    assertThat(trusted(RSA.jksBase64("changeit"), null)).containsExactlyElementsOf(RSA.chain());
    assertThat(trusted(wrapped(RSA.jksBase64("changeit")), "changeit"))
        .containsExactlyElementsOf(RSA.chain());
    assertRejected(
        Map.of("truststore-certificates", RSA.pkcs12Base64("changeit")),
        "truststore-certificates: is a keystore with a password; set 'truststore-password'");
    assertRejected(
        Map.of(
            "truststore-certificates", RSA.jksBase64("changeit"), "truststore-password", "guess"),
        "truststore-certificates: cannot be opened with 'truststore-password'; correct the"
            + " password");
  }

  @Test
  void readsPemThatIsEncodedInBase64Again() {
    assertThat(trusted(wrapped(base64(AUTHORITY.pem() + OTHER.pem())), null))
        .containsExactly(AUTHORITY.certificate(), OTHER.certificate());
    assertThat(identity(base64(RSA.chainPem()), base64(RSA.keyPkcs8Pem()), null).key())
        .isEqualTo(RSA.key());
    assertThat(identity(base64(RSA.keyPkcs8Pem() + RSA.chainPem()), null, null).chain())
        .isEqualTo(RSA.chain());
  }

  static Stream<Arguments> keysInPem() {
    return Stream.of(
        Arguments.of(RSA, RSA.keyPkcs8Pem()),
        Arguments.of(RSA, RSA.keyTraditionalPem()),
        Arguments.of(RSA, RSA.keyEncryptedPem("password")),
        Arguments.of(EC, EC.keyPkcs8Pem()),
        Arguments.of(EC, EC.keyTraditionalPem()));
  }

  @ParameterizedTest
  @MethodSource("keysInPem")
  void readsCertificateAndKeyInBase64EncodedDer(TestCertificate certificate, String keyPem) {
    String chain = der(certificate.chainPem());
    String key = der(keyPem);

    assertThat(trusted(chain, null)).containsExactlyElementsOf(certificate.chain());
    assertThat(identity(chain, key, "password").chain()).isEqualTo(certificate.chain());
  }

  @Test
  void namesWhatAFileInBase64Contains() {
    assertRejected(
        Map.of("truststore-certificates", der(RSA.keyPkcs8Pem())),
        "truststore-certificates: contains no certificate, but PRIVATE KEY");
    assertRejected(
        Map.of("keystore-certificate-chain", RSA.chainPem(), "keystore-key", der(RSA.chainPem())),
        "keystore-key: contains no private key, but CERTIFICATE");
    assertRejected(
        Map.of(
            "keystore-certificate-chain",
            RSA.chainPem(),
            "keystore-key",
            Base64.getEncoder().encodeToString(RSA.chain().get(0).getPublicKey().getEncoded())),
        "keystore-key: contains no private key, but PUBLIC KEY");
    assertRejected(
        Map.of("truststore-certificates", "MAsGCSqGSIb3DQEHAg=="),
        "truststore-certificates: contains no certificate, but PKCS7; convert it to PEM with:"
            + " openssl pkcs7 -print_certs");
    assertRejected(
        Map.of("truststore-certificates", base64("no certificate")),
        "truststore-certificates: is neither PEM nor a PKCS#12 or JKS keystore in Base64");
  }

  @Test
  void namesKeystoreWhoseKeyJavaCannotRead() {
    assertRejected(
        Map.of("keystore-certificate-chain", RSA.unencryptedPkcs12Base64()),
        "keystore-certificate-chain: is a keystore whose private key is not encrypted, which Java"
            + " does not support; export it with a password, or use PEM");
  }

  @Test
  void ignoresExpiredCertificatesOfABundle() {
    String bundle = AUTHORITY.expiredClient("old").chainPem() + AUTHORITY.pem();

    assertThat(trusted(bundle, null)).containsExactly(AUTHORITY.certificate());
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> trusted(AUTHORITY.expiredClient("old").chainPem(), null))
        .withMessageMatching(
            "truststore-certificates: CN=old expired on .*; replace it with the CA's current certificate");
  }

  static Stream<String> keysOfRsa() {
    return Stream.of(
        RSA.keyPkcs8Pem(),
        RSA.keyTraditionalPem(),
        RSA.keyTraditionalPem().replace("\n", "\r\n"),
        RSA.keyEncryptedPem("password"));
  }

  @ParameterizedTest
  @MethodSource("keysOfRsa")
  void readsRsaKeyInEveryFormat(String key) {
    assertThat(identity(RSA.chainPem(), key, "password").key()).isEqualTo(RSA.key());
  }

  static Stream<String> keysOfEc() {
    return Stream.of(EC.keyPkcs8Pem(), EC.keyTraditionalPem(), EC.keyEncryptedPem("password"));
  }

  @ParameterizedTest
  @MethodSource("keysOfEc")
  void readsEcKeyInEveryFormat(String key) {
    assertThat(identity(EC.chainPem(), key, "password").chain()).isEqualTo(EC.chain());
  }

  @Test
  void readsKeyFromTheChainsPropertyIfItIsThere() {
    assertThat(identity(RSA.keyPkcs8Pem() + RSA.chainPem(), null, null).key()).isEqualTo(RSA.key());
    assertThat(identity(RSA.pkcs12Base64(""), null, null).key()).isEqualTo(RSA.key());
    assertThat(identity(RSA.pkcs12Base64("changeit"), null, "changeit").chain())
        .isEqualTo(RSA.chain());
    assertRejected(
        Map.of("keystore-certificate-chain", RSA.chainPem()),
        "keystore-key: is required, because 'keystore-certificate-chain' contains certificates only");
  }

  @Test
  void sortsTheChain() {
    TestCertificate client = AUTHORITY.intermediate("between").client("client");
    String reversed =
        new TestCertificate(
                Stream.of(client.chain().get(1), client.chain().get(0)).toList(), client.key())
            .chainPem();

    assertThat(identity(AUTHORITY.pem() + reversed, client.keyPkcs8Pem(), null).chain())
        .containsExactly(client.chain().get(0), client.chain().get(1), AUTHORITY.certificate());
  }

  @Test
  void rejectsTraditionallyEncryptedKeyWithTheCommandToConvertIt() {
    String old =
        RSA.keyTraditionalPem()
            .replace(
                "-----BEGIN RSA PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n");

    assertRejected(
        Map.of("keystore-certificate-chain", RSA.chainPem(), "keystore-key", old),
        "keystore-key: uses OpenSSL's traditional encryption; convert it with: openssl pkcs8"
            + " -topk8 -in key.pem -out new-key.pem");
  }

  @Test
  void rejectsTruncatedOrDamagedKey() {
    String cut = RSA.keyPkcs8Pem().substring(0, 200);
    String damaged = RSA.keyPkcs8Pem().replaceFirst("\n.{20}", "\n");

    assertRejected(
        Map.of("keystore-certificate-chain", RSA.chainPem(), "keystore-key", cut),
        "keystore-key: contains no private key, but no complete PEM block");
    assertRejected(
        Map.of("keystore-certificate-chain", RSA.chainPem(), "keystore-key", damaged),
        "keystore-key: is neither an RSA nor an EC key, or is damaged");
  }

  @Test
  void warnsOfCertificatesThatExpireWithin30Days() {
    Instant now = Instant.now();
    TestCertificate soon = AUTHORITY.clientValidFor("soon", Duration.ofHours(300));
    TlsMaterial material =
        material(
            Map.of(
                "truststore-certificates", AUTHORITY.pem(),
                "keystore-certificate-chain", soon.chainPem(),
                "keystore-key", soon.keyPkcs8Pem()));

    assertThat(material.expiryWarnings(now))
        .singleElement()
        .asString()
        .startsWith("keystore-certificate-chain: certificate CN=soon expires in 12 days, on ")
        .endsWith("; store the renewed certificate in the same place; no restart needed");
    assertThat(material.expiryWarnings(now.plus(Duration.ofDays(340)))).hasSize(2);
  }

  private static java.util.List<java.security.cert.X509Certificate> trusted(
      String text, String password) {
    Map<String, String> secrets = new HashMap<>(Map.of("truststore-certificates", text));
    if (password != null) {
      secrets.put("truststore-password", password);
    }
    return material(secrets).trustAnchors().certificates();
  }

  private static ClientIdentity identity(String chain, String key, String password) {
    Map<String, String> secrets = new HashMap<>(Map.of("keystore-certificate-chain", chain));
    if (key != null) {
      secrets.put("keystore-key", key);
    }
    if (password != null) {
      secrets.put("keystore-key-password", password);
    }
    return material(secrets).identity().orElseThrow();
  }

  private static TlsMaterial material(Map<String, String> secrets) {
    return TlsMaterial.of(secrets);
  }

  private static void assertRejected(Map<String, String> secrets, String message) {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> TlsMaterial.of(secrets))
        .withMessage(message);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The content of the only block. */
  private static String der(String pem) {
    return pem.replaceAll("-----.*-----", "");
  }

  /** Lines of 64, as {@code base64} writes them. */
  private static String wrapped(String base64) {
    return base64.replaceAll("(.{64})", "$1\n");
  }
}
