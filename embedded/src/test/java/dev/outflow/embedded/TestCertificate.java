package dev.outflow.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certificate with its key, in all supported formats.
 *
 * @param chain the certificate itself, then intermediate authorities, without the root
 */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {
  /** The alias of the entry in a PKCS#12 or JKS keystore. */
  private static final String ALIAS = "certificate";

  public TestCertificate {
    chain = List.copyOf(chain);
  }

  /** Returns a CERTIFICATE block for each certificate. */
  public String chainPem() {
    return chain.stream().map(Pem::of).collect(Collectors.joining());
  }

  /** Returns PKCS#8: {@code -----BEGIN PRIVATE KEY-----}. */
  public String keyPkcs8Pem() {
    return Pem.block("PRIVATE KEY", key.getEncoded());
  }

  /** Returns PKCS#1 {@code RSA PRIVATE KEY} or SEC 1 {@code EC PRIVATE KEY}, as older tools do. */
  public String keyTraditionalPem() {
    try {
      return key instanceof ECPrivateKey ec
          ? Pem.block("EC PRIVATE KEY", sec1(ec))
          : Pem.block(
              "RSA PRIVATE KEY",
              PrivateKeyInfo.getInstance(key.getEncoded())
                  .parsePrivateKey()
                  .toASN1Primitive()
                  .getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("could not encode a key", e);
    }
  }

  /** Returns {@code ENCRYPTED PRIVATE KEY} as {@code openssl pkcs8 -topk8} (PBES2, AES-256). */
  public String keyEncryptedPem(String password) {
    try {
      // BouncyCastle explicitly: the JDK's AES with this OID does not pad.
      JceOpenSSLPKCS8EncryptorBuilder encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPRF(PKCS8Generator.PRF_HMACSHA256)
              .setPassword(password.toCharArray());
      return Pem.block(
          "ENCRYPTED PRIVATE KEY",
          new JcaPKCS8Generator(key, encryptor.build()).generate().getContent());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("could not encrypt a key", e);
    }
  }

  /** Returns key and chain; the password of keystore and key can be empty. */
  public String pkcs12Base64(String password) {
    return keyStore("PKCS12", password);
  }

  /** Returns the key only, as {@code openssl pkcs12 -nomac -keypbe NONE} does. */
  public String unencryptedPkcs12Base64() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              new PKCS12PfxPduBuilder()
                  .addData(
                      new PKCS12SafeBagBuilder(PrivateKeyInfo.getInstance(key.getEncoded()))
                          .build())
                  .build(null, null)
                  .getEncoded(ASN1Encoding.DER));
    } catch (IOException | PKCSException e) {
      throw new IllegalStateException("could not write a key store", e);
    }
  }

  /** Returns key and chain; {@code password} is that of keystore and key. */
  public String jksBase64(String password) {
    return keyStore("JKS", password);
  }

  private String keyStore(String type, String password) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      char[] characters = password.toCharArray();
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, characters);
      store.setKeyEntry(ALIAS, key, characters, chain.toArray(new Certificate[0]));
      store.store(bytes, characters);
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not write a %s key store".formatted(type), e);
    }
  }

  /** Encodes curve and public key, too, which the JDK's PKCS#8 omits. */
  private byte[] sec1(ECPrivateKey ec) throws IOException {
    SubjectPublicKeyInfo point =
        SubjectPublicKeyInfo.getInstance(chain.get(0).getPublicKey().getEncoded());
    ASN1Encodable curve = ASN1ObjectIdentifier.getInstance(point.getAlgorithm().getParameters());
    return new org.bouncycastle.asn1.sec.ECPrivateKey(
            ec.getParams().getOrder().bitLength(), ec.getS(), point.getPublicKeyData(), curve)
        .getEncoded();
  }

  @Override
  public String toString() {
    return "TestCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
