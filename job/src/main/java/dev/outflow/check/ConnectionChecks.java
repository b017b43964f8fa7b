package dev.outflow.check;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.broker.BrokerCapabilities;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.reference.References;
import dev.outflow.security.SecurityOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;

/**
 * Checks a connection, from the network to an authenticated client.
 *
 * @param tables that use the connection
 */
record ConnectionChecks(StepRunner steps, List<KafkaTable> tables) {

  /** Returns an open connection; empty if the steps have failed. */
  Optional<OpenConnection> run() throws Exception {
    KafkaConnection connection = steps.connection();
    Map<String, String> client = connection.clientProperties(Map.of());
    NetworkChecks network = new NetworkChecks(steps);
    SecretChecks secrets = SecretChecks.of(steps, tables);
    List<BrokerAddress> reachable;
    Map<String, String> texts;
    if (References.isIn(connection.bootstrapServers())) {
      texts = secrets.run();
      String bootstrapServers = texts.get(KafkaOptions.BOOTSTRAP_SERVERS.key());
      if (bootstrapServers == null) {
        steps.skip(CheckStep.DNS, CheckStep.SECRETS);
      }
      reachable = network.run(() -> BrokerAddress.parse(bootstrapServers));
    } else {
      // At the same time: neither needs the other, and either may take long to fail.
      Future<List<BrokerAddress>> meanwhile =
          steps
              .budget()
              .start(() -> network.run(() -> BrokerAddress.parse(connection.bootstrapServers())));
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
      steps.skip(CheckStep.KAFKA, CheckStep.SECRETS);
    }
    if (tls && connection.security().runtimeSecrets().isPresent()) {
      new CertificateChecks(steps, texts).run(hasClientCertificate(connection));
    }
    Optional<ApiVersions> versions = new ProtocolChecks(steps, client).run(reachable, tls);
    Optional<Admin> admin = new BrokerChecks(steps, client).run(protocol.startsWith("SASL"));
    return admin.map(
        authenticated ->
            new OpenConnection(authenticated, versions.map(ApiVersions::capabilities)));
  }

  private static boolean hasClientCertificate(KafkaConnection connection) {
    String property = SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN.key();
    return connection
        .security()
        .runtimeSecrets()
        .filter(secrets -> secrets.values().containsKey(property))
        .isPresent();
  }

  /**
   * A connection that passed all steps.
   *
   * @param admin an authenticated client
   * @param capabilities what the brokers can do, if that could be asked
   */
  record OpenConnection(Admin admin, Optional<BrokerCapabilities> capabilities) {}
}
