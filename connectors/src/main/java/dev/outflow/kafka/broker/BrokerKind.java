package dev.outflow.kafka.broker;

import dev.outflow.option.OptionProblem;
import java.util.List;
import java.util.Map;

/**
 * A kind of broker that speaks Kafka's protocol. It is determined once, from the host names in
 * {@code bootstrap-servers}; versions of the protocol, which brokers report, are a matter of {@code
 * ./outflow check}.
 */
public sealed interface BrokerKind permits ApacheKafka, EventHubs, ConfluentCloud {

  /**
   * Returns the kind of the brokers at these addresses; Apache Kafka unless a host name tells
   * otherwise.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   */
  static BrokerKind of(String bootstrapServers) {
    List<BootstrapServer> servers = BootstrapServer.list(bootstrapServers);
    if (servers.stream().anyMatch(EventHubs::isNamespace)) {
      return new EventHubs(bootstrapServers);
    }
    return servers.stream().anyMatch(ConfluentCloud::isCluster)
        ? new ConfluentCloud()
        : new ApacheKafka();
  }

  /** Returns whether a text contains a connection string of Event Hubs, and so a secret. */
  static boolean isConnectionString(String text) {
    return ConnectionString.isIn(text);
  }

  /** Returns the name of the service for messages. */
  String serviceName();

  /** Returns defaults of properties that producers, consumers and admin clients share. */
  default Map<String, String> clientDefaults() {
    return Map.of();
  }

  /** Returns additional defaults of producers. */
  default Map<String, String> producerDefaults() {
    return Map.of();
  }

  /** Returns the delivery guarantee of outputs and dead letters that set none. */
  default DefaultGuarantee defaultGuarantee() {
    return DefaultGuarantee.ofClient();
  }

  /**
   * Returns a problem for each option of a table that these brokers reject. A value that contains a
   * reference is not a problem.
   *
   * @param options as the user wrote them, including {@code kafka.*}
   */
  default List<OptionProblem> problems(Map<String, String> options) {
    return ConnectionString.usernameProblems(options);
  }

  /** Returns a warning for each option of a table that these brokers may reject. */
  default List<OptionProblem> warnings(Map<String, String> options) {
    return List.of();
  }

  /**
   * Returns problems with a username and password; none contains their values.
   *
   * @param credentials the text of {@code username} and {@code password}, if known
   * @param topics the names of a table's topics, by the option that names each
   */
  default List<OptionProblem> credentialProblems(
      Map<String, String> credentials, Map<String, String> topics) {
    return ConnectionString.usernameProblems(credentials);
  }

  /** Returns what to do about a missing permission: {@code allow WRITE on it}. */
  String remedy(Permission permission);

  /** Returns what to do about a record that exceeds a limit of the producer. */
  default String oversizeRemedy(String property) {
    return "raise 'kafka.%s'".formatted(property);
  }
}
