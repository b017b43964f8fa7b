package dev.outflow.tls;

import dev.outflow.secret.SecretException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** A key store, PKCS#12 or JKS, in Base64: how Key Vault serves what was uploaded as PFX. */
final class KeyStores {
  private static final byte[] JKS = {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed};

  private KeyStores() {}

  /**
   * Opens it.
   *
   * @param password of the store; empty if there is none, as Key Vault has it
   * @throws SecretException if it is no such store, or not with this password
   */
  static KeyStore open(String text, String password, String passwordProperty) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new SecretException("is neither PEM nor a PKCS#12 or JKS store in Base64");
    }
    boolean jks = Arrays.mismatch(bytes, JKS) == JKS.length;
    if (!jks && (bytes.length < 2 || bytes[0] != 0x30)) {
      throw new SecretException("is neither PEM nor a PKCS#12 or JKS store in Base64");
    }
    try {
      KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
      boolean withoutPassword = jks && password.isEmpty();
      store.load(new ByteArrayInputStream(bytes), withoutPassword ? null : password.toCharArray());
      return store;
    } catch (IOException e) {
      throw new SecretException(
          "its store cannot be opened %s"
              .formatted(
                  password.isEmpty()
                      ? "without a password; set '%s'".formatted(passwordProperty)
                      : "with this password; is '%s' right?".formatted(passwordProperty)));
    } catch (GeneralSecurityException e) {
      throw new SecretException("its store cannot be read: " + e.getMessage());
    }
  }

  /** The names of its entries. */
  static List<String> entries(KeyStore store) {
    try {
      return Collections.list(store.aliases());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the store was opened before", e);
    }
  }
}
