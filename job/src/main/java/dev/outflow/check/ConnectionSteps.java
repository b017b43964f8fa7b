package dev.outflow.check;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.reference.References;
import dev.outflow.security.SecurityOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;

/** All that is asked once for each connection, from the network to a client that is in. */
record ConnectionSteps(Steps steps) {

  /** In; empty if the steps have failed. */
  Optional<Connected> run() throws Exception {
    KafkaConnection connection = steps.connection();
    Map<String, String> client = connection.clientProperties(Map.of());
    NetworkSteps network = new NetworkSteps(steps);
    SecretSteps secrets = new SecretSteps(steps);
    List<BrokerAddress> reachable;
    Map<String, String> texts;
    if (References.isIn(connection.bootstrapServers())) {
      texts = secrets.run();
      reachable =
          network.run(
              () -> BrokerAddress.of(texts.get(KafkaOptions.BOOTSTRAP_SERVERS.key())), "secrets");
    } else {
      // At the same time: neither needs the other, and either may take long to fail.
      Future<List<BrokerAddress>> meanwhile =
          steps
              .patience()
              .start(() -> network.run(() -> BrokerAddress.of(connection.bootstrapServers())));
      texts = secrets.run();
      reachable = meanwhile.get();
    }
    String protocol =
        texts
            .getOrDefault(
                KafkaOptions.KAFKA_PREFIX + SECURITY_PROTOCOL_CONFIG,
                client.getOrDefault(SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"))
            .toUpperCase(Locale.ROOT);
    boolean tls = protocol.endsWith("SSL");
    if (References.isIn(protocol)) {
      steps.skip("kafka", "secrets failed");
    }
    if (tls && connection.security().runtimeSecrets().isPresent()) {
      new CertificateSteps(steps, texts).run(hasOwnCertificate(connection));
    }
    Optional<ApiVersions> versions =
        References.isIn(protocol)
            ? Optional.empty()
            : new ProtocolSteps(steps, client).run(reachable, tls);
    Optional<Admin> admin =
        new BrokerSteps(steps, client).run(versions.orElse(null), protocol.startsWith("SASL"));
    return admin.map(it -> new Connected(it, versions.orElseThrow()));
  }

  private static boolean hasOwnCertificate(KafkaConnection connection) {
    return connection
        .security()
        .runtimeSecrets()
        .filter(
            secrets ->
                secrets.values().containsKey(SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN.key()))
        .isPresent();
  }

  /** A client that the cluster has let in, and what the cluster knows. */
  record Connected(Admin admin, ApiVersions versions) {}
}
