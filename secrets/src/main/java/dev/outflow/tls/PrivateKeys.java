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

/**
 * A private key in PEM: PKCS#8, PKCS#8 encrypted with a password, PKCS#1 (RSA) or SEC 1 (EC). RSA
 * and EC keys.
 */
final class PrivateKeys {
  private static final String KEY = "PRIVATE KEY";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC");

  private PrivateKeys() {}

  /**
   * The first private key of a PEM text, if there is one.
   *
   * @param password of an encrypted key; empty if there is none
   * @throws SecretException if it cannot be read, or not with this password
   */
  static Optional<PrivateKey> read(PemBlocks pem, String password) {
    return pem.labelled(KEY).stream().findFirst().map(block -> read(block, password));
  }

  private static PrivateKey read(PemBlocks.Block block, String password) {
    if (block.isEncryptedTraditionally()) {
      throw new SecretException(
          "its key is encrypted in OpenSSL's old way; convert it with: openssl pkcs8 -topk8 -in key.pem -out new-key.pem");
    }
    try {
      return switch (block.label()) {
        case "PRIVATE KEY" -> ofPkcs8(new PKCS8EncodedKeySpec(block.der()));
        case "RSA PRIVATE KEY" -> ofPkcs8(new PKCS8EncodedKeySpec(Der.pkcs8OfRsa(block.der())));
        case "EC PRIVATE KEY" -> ofPkcs8(new PKCS8EncodedKeySpec(Der.pkcs8OfEc(block.der())));
        case "ENCRYPTED PRIVATE KEY" -> ofPkcs8(decrypt(block.der(), password));
        default ->
            throw new SecretException(
                "holds a '%s', which is not supported; use RSA or EC in PKCS#8"
                    .formatted(block.label()));
      };
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new SecretException("its key cannot be read: " + e.getMessage());
    }
  }

  private static PrivateKey ofPkcs8(PKCS8EncodedKeySpec pkcs8) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(pkcs8);
      } catch (InvalidKeySpecException e) {
        // Of another algorithm, or of none.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new SecretException("its key is neither RSA nor EC, or is damaged");
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] encrypted, String password) {
    if (password.isEmpty()) {
      throw new SecretException("its key is encrypted; set 'keystore-key-password'");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
      // For PBES2 only the parameters name the algorithm as Java calls it (JDK-8076999).
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
          "its key is encrypted in a way that Java does not know (%s); encrypt it with: openssl pkcs8 -topk8 -v2 aes-256-cbc"
              .formatted(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new SecretException("its key cannot be decrypted; is 'keystore-key-password' right?");
    }
  }
}
