package dev.outflow.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.outflow.secret.SecretException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Loads PKCS#12 and JKS keystores from Base64, the form in which Key Vault returns a PFX. */
final class KeyStores {
  private static final byte[] JKS = {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed};

  /** The object identifier 1.2.840.113549.1.12.10.1.1 in DER. */
  private static final String KEY_BAG =
      new String(
          new byte[] {6, 11, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 12, 10, 1, 1},
          ISO_8859_1);

  private KeyStores() {}

  /**
   * Loads a keystore.
   *
   * @param password of the keystore; empty if there is none, as in Key Vault
   * @param passwordProperty the property that sets it, for messages
   * @throws SecretException if it is not a keystore, or has another password
   */
  static KeyStore open(String text, String password, String passwordProperty) {
    byte[] bytes = PemBlocks.decoded(text).orElse(new byte[0]);
    boolean jks = Arrays.mismatch(bytes, JKS) == JKS.length;
    if (!jks && (bytes.length < 2 || bytes[0] != 0x30)) {
      throw new SecretException("is neither PEM nor a PKCS#12 or JKS keystore in Base64");
    }
    try {
      KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
      boolean withoutPassword = jks && password.isEmpty();
      store.load(new ByteArrayInputStream(bytes), withoutPassword ? null : password.toCharArray());
      return store;
    } catch (IOException e) {
      throw new SecretException(
          password.isEmpty()
              ? "is a keystore with a password; set '%s'".formatted(passwordProperty)
              : "cannot be opened with '%s'; correct the password".formatted(passwordProperty));
    } catch (GeneralSecurityException e) {
      throw new SecretException("is a keystore that cannot be read: " + e.getMessage());
    }
  }

  /** Returns whether a PKCS#12 keystore that can be opened contains a key bag (RFC 7292, 4.2.1). */
  static boolean hasUnencryptedKey(String text) {
    return PemBlocks.decoded(text)
        .map(bytes -> new String(bytes, ISO_8859_1).contains(KEY_BAG))
        .orElse(false);
  }

  /** Returns the aliases of its entries. */
  static List<String> aliases(KeyStore store) {
    try {
      return Collections.list(store.aliases());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keystore is loaded", e);
    }
  }
}
