package dev.outflow.local;

import static java.util.Map.entry;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * A distinct known value in every place where a secret can be, so that a leak identifies its
 * source. User names count as secrets.
 *
 * @param folder contains {@code passwords.properties} and the file {@code password}
 * @param searched the values that must not leak, by the place where they are kept
 */
record KnownSecrets(
    Path folder,
    FakeKeyVault vault,
    Map<String, String> environment,
    Map<String, String> searched) {
  private static final int PEM_LINE = 64;

  /** Stores the secrets in their places, and configures the broker to accept them. */
  static KnownSecrets put(
      Path folder, FakeKeyVault vault, SecureKafka kafka, TestAuthority authority)
      throws IOException {
    String vaultUser = value();
    String vaultPassword = value();
    String keyPassword = value();
    String environmentUser = value();
    String environmentProperty = value();
    String filePassword = value();
    TestCertificate client = authority.clientRsa("outflow");
    String key = client.keyEncryptedPem(keyPassword);

    kafka.changeScramPassword(vaultUser, vaultPassword);
    kafka.changeScramPassword(environmentUser, filePassword);
    vault
        .put("ca", authority.pem())
        .put("user", vaultUser)
        .put("password", vaultPassword)
        .put("client", client.chainPem())
        .put("client-key", key)
        .put("client-key-password", keyPassword)
        .put("client-secret", FakeTokenIssuer.CLIENT_SECRET);
    Properties passwords = new Properties();
    passwords.setProperty("password", filePassword);
    try (OutputStream file = Files.newOutputStream(folder.resolve("passwords.properties"))) {
      passwords.store(file, null);
    }
    Files.writeString(folder.resolve("password"), SecureKafka.PASSWORD + "\n");
    return new KnownSecrets(
        folder,
        vault,
        Map.of("OUTFLOW_USER", environmentUser, "OUTFLOW_PROPERTY", environmentProperty),
        Map.ofEntries(
            entry("user in Key Vault", vaultUser),
            entry("password in Key Vault", vaultPassword),
            entry("encrypted key in Key Vault", middleLine(key)),
            entry("key once it is decrypted", middleLine(client.keyPkcs8Pem())),
            entry("key password in Key Vault", keyPassword),
            entry("user in the environment", environmentUser),
            entry("Kafka property in the environment", environmentProperty),
            entry("password in a properties file", filePassword),
            entry("password in a whole file", SecureKafka.PASSWORD),
            entry("client secret in Key Vault", FakeTokenIssuer.CLIENT_SECRET),
            entry("token for the client", kafka.tokens().mint("any").split("\\.", 2)[0]),
            entry("access token of the identity", "fake-token-")));
  }

  /** Returns a unique value that differs from its URL encoding. */
  static String value() {
    return "Z?%s+/=".formatted(UUID.randomUUID().toString().replace("-", "~"));
  }

  /** Returns a reference {@code ${keyvault:...}}. */
  String inVault(String secret) {
    return "${keyvault:%s:%s}".formatted(vault.url(), secret);
  }

  private static String middleLine(String pem) {
    return pem.lines()
        .filter(line -> line.length() == PEM_LINE)
        .skip(pem.lines().count() / 2)
        .findFirst()
        .orElseThrow();
  }
}
