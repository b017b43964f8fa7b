package dev.outflow.benchmark;

import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The broker that all contestants use, client certificates, and the run's working directory. */
record TestBed(Path folder, SecureKafka kafka, Path certificates) implements AutoCloseable {
  private static final String AUTHORITY = "ca.crt";
  private static final String CHAIN = "tls.crt";
  private static final String KEY = "tls.key";

  /** A job at full speed writes 30 GB within Kafka's default of 5 min. */
  private static final Map<String, String> PROMPT_RETENTION =
      Map.of("log.retention.check.interval.ms", "10000", "log.segment.delete.delay.ms", "1000");

  static TestBed open(Path folder) throws IOException {
    TestAuthority authority = TestAuthority.create("Benchmarks");
    TestCertificate client = authority.client("benchmark");
    Path certificates = Files.createDirectories(folder.resolve("tls"));
    Files.writeString(certificates.resolve(AUTHORITY), authority.pem());
    Files.writeString(certificates.resolve(CHAIN), client.chainPem());
    Files.writeString(certificates.resolve(KEY), client.keyPkcs8Pem());
    return new TestBed(
        folder,
        SecureKafka.start(authority.server("localhost"), authority, PROMPT_RETENTION),
        certificates);
  }

  String bootstrapServers(Workload workload) {
    return workload.mtls() ? kafka.mtls() : kafka.broker().bootstrapServers();
  }

  /** Returns the connection properties of Kafka clients. */
  Map<String, String> clientProperties(Workload workload) throws IOException {
    return workload.mtls()
        ? Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.certificates",
            read(AUTHORITY),
            "ssl.keystore.type",
            "PEM",
            "ssl.keystore.certificate.chain",
            read(CHAIN),
            "ssl.keystore.key",
            read(KEY))
        : Map.of();
  }

  /** Returns the same settings as Outflow options. */
  Map<String, String> outflowProperties(Workload workload) {
    return workload.mtls()
        ? Map.of(
            "security-protocol", "mtls",
            "truststore-certificates", reference(AUTHORITY),
            "keystore-certificate-chain", reference(CHAIN),
            "keystore-key", reference(KEY))
        : Map.of();
  }

  private String reference(String file) {
    return "${dir:%s:%s}".formatted(certificates, file);
  }

  private String read(String file) throws IOException {
    return Files.readString(certificates.resolve(file));
  }

  @Override
  public void close() {
    kafka.close();
  }
}
