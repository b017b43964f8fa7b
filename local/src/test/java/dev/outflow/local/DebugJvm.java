package dev.outflow.local;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeTokenIssuer;
import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;

/** A JVM that logs everything at DEBUG and trusts the certificate of a test vault. */
final class DebugJvm {
  private static final String LOGGING =
      """
      status = error
      appender.file.type = File
      appender.file.name = file
      appender.file.fileName = ${sys:log.file}
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c [%t] %m%n
      rootLogger.level = debug
      rootLogger.appenderRef.file.ref = file
      """;
  private static final String STORE_PASSWORD = "changeit";

  private DebugJvm() {}

  /**
   * Describes the JVM.
   *
   * @param log the log file, which Flink's REST API shows too
   * @param tokens the only token endpoint that Kafka clients are allowed to use
   */
  static OwnJvm of(
      Path log, FakeKeyVault vault, FakeTokenIssuer tokens, Map<String, String> environment)
      throws IOException, GeneralSecurityException {
    Path logging = Files.writeString(Path.of(log + ".properties"), LOGGING);
    Path trusted = Path.of(log + ".p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("vault", vault.authority().certificate());
    try (OutputStream file = Files.newOutputStream(trusted)) {
      store.store(file, STORE_PASSWORD.toCharArray());
    }
    return new OwnJvm(
        environment,
        List.of(
            "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.tokenEndpoint(),
            "-Dlog.file=" + log,
            "-Dlog4j2.configurationFile=" + logging,
            "-Djavax.net.ssl.trustStore=" + trusted,
            "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD));
  }
}
