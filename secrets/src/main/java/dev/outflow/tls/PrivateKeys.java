package dev.outflow.tls;

import dev.outflow.secret.SecretException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads RSA and EC private keys from PEM: PKCS#8, encrypted PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
final class PrivateKeys {
  private static final String KEY = "PRIVATE KEY";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC");

  private PrivateKeys() {}

  /**
   * Returns the first private key of a PEM text, if there is one.
   *
   * @param password of an encrypted key; empty if there is none
   * @throws SecretException if the key cannot be parsed or decrypted
   */
  static Optional<PrivateKey> read(PemBlocks pem, String password) {
    return pem.withLabel(KEY).stream().findFirst().map(block -> read(block, password));
  }

  private static PrivateKey read(PemBlocks.Block block, String password) {
    if (block.isTraditionallyEncrypted()) {
      throw new SecretException(
          "uses OpenSSL's traditional encryption; convert it with: openssl pkcs8 -topk8 -in key.pem -out new-key.pem");
    }
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> parse(new PKCS8EncodedKeySpec(block.der()));
        case "RSA PRIVATE KEY" -> parse(new PKCS8EncodedKeySpec(Pkcs8.fromPkcs1(block.der())));
        case "EC PRIVATE KEY" -> parse(new PKCS8EncodedKeySpec(Pkcs8.fromSec1(block.der())));
        case "ENCRYPTED PRIVATE KEY" -> parse(decrypt(block.der(), password));
        default ->
            throw new SecretException(
                "contains '%s', which is not supported; use RSA or EC in PKCS#8"
                    .formatted(block.label()));
      };
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new SecretException("cannot be parsed: " + e.getMessage());
    }
  }

  private static PrivateKey parse(PKCS8EncodedKeySpec pkcs8) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8);
      } catch (InvalidKeySpecException e) {
        // Tries the next algorithm.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new SecretException("is neither an RSA nor an EC key, or is damaged");
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] encrypted, String password) {
    if (password.isEmpty()) {
      throw new SecretException("is encrypted; set 'keystore-key-password'");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
      // For PBES2 only the parameters give the algorithm's name in Java (JDK-8076999).
      String algorithm =
          "PBES2".equals(info.getAlgName())
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (java.security.NoSuchAlgorithmException | IOException e) {
      throw new SecretException(
          "is encrypted with an algorithm that Java does not support (%s); encrypt it with: openssl pkcs8 -topk8 -v2 aes-256-cbc"
              .formatted(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new SecretException("cannot be decrypted; correct 'keystore-key-password'");
    }
  }
}
