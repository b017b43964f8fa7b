package dev.outflow.embedded;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The content of a certificate, before an authority signs it. */
record CertificateRequest(
    String commonName, PublicKey key, Use use, Instant until, List<GeneralName> names) {

  enum Use {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  CertificateRequest(String commonName, PublicKey key, Use use, Instant until) {
    this(commonName, key, use, until, List.of());
  }

  /** Returns the same with these names, each a DNS name or an IPv4 address. */
  CertificateRequest named(String... dnsNamesOrIps) {
    return new CertificateRequest(
        commonName,
        key,
        use,
        until,
        Arrays.stream(dnsNamesOrIps).map(CertificateRequest::generalName).toList());
  }

  X509Certificate signedBy(String issuer, KeyPair issuerKeys) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    Instant from = until.isAfter(yesterday) ? yesterday : until.minus(Duration.ofDays(30));
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            principal(issuer),
            new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
            Date.from(from),
            Date.from(until),
            principal(commonName),
            key);
    try {
      addExtensions(builder, issuerKeys.getPublic());
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("could not sign a certificate for " + commonName, e);
    }
  }

  private void addExtensions(JcaX509v3CertificateBuilder builder, PublicKey issuerKey)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(issuerKey))
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(use == Use.AUTHORITY));
    if (use == Use.AUTHORITY) {
      KeyUsage signing = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
      builder.addExtension(Extension.keyUsage, true, signing);
      return;
    }
    KeyPurposeId[] purposes =
        use == Use.SERVER
            ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
            : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    builder
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    if (!names.isEmpty()) {
      GeneralNames all = new GeneralNames(names.toArray(new GeneralName[0]));
      builder.addExtension(Extension.subjectAlternativeName, false, all);
    }
  }

  /** Takes seconds in a JVM without the second compiler, whose intrinsics RSA relies on. */
  static KeyPair rsa() {
    return keys("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  static KeyPair ec() {
    return keys("EC", new ECGenParameterSpec("secp256r1"));
  }

  private static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM does not support %s keys".formatted(algorithm), e);
    }
  }

  private static X500Principal principal(String commonName) {
    return new X500Principal("CN=\"%s\"".formatted(commonName));
  }

  private static GeneralName generalName(String name) {
    boolean address = name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }
}
