package dev.outflow.kafka.broker;

import dev.outflow.option.OptionProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A namespace of Azure Event Hubs, in any Azure cloud. The defaults are those that <a
 * href="https://learn.microsoft.com/azure/event-hubs/apache-kafka-configurations">Microsoft
 * recommends</a>.
 *
 * @param bootstrapServers as written
 */
public record EventHubs(String bootstrapServers) implements BrokerKind {
  private static final Set<String> SUFFIXES =
      Set.of(
          ".servicebus.windows.net",
          ".servicebus.chinacloudapi.cn",
          ".servicebus.usgovcloudapi.net",
          ".servicebus.cloudapi.de");

  /** Azure's load balancer cuts connections that are idle for 240 s. */
  private static final String BEFORE_IDLE_CUT = "180000";

  static boolean isNamespace(BootstrapServer server) {
    return isNamespace(server.host());
  }

  /** Returns whether this is the host name of a namespace, in lower case. */
  static boolean isNamespace(String host) {
    return SUFFIXES.stream().anyMatch(host::endsWith);
  }

  @Override
  public String serviceName() {
    return "Event Hubs";
  }

  @Override
  public Map<String, String> clientDefaults() {
    return Map.of(
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "60000",
        CommonClientConfigs.METADATA_MAX_AGE_CONFIG, BEFORE_IDLE_CUT,
        CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG, BEFORE_IDLE_CUT);
  }

  /** {@inheritDoc} Event Hubs closes a connection that sends more than 1,046,528 bytes. */
  @Override
  public Map<String, String> producerDefaults() {
    return Map.of(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        "1000000",
        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
        BEFORE_IDLE_CUT);
  }

  @Override
  public DefaultGuarantee defaultGuarantee() {
    return new DefaultGuarantee(
        DeliveryGuarantee.AT_LEAST_ONCE,
        Optional.of("transactions are a preview, in the Premium and Dedicated tiers only"));
  }

  @Override
  public List<OptionProblem> problems(Map<String, String> options) {
    return new EventHubsOptions(BootstrapServer.list(bootstrapServers), options).problems();
  }

  @Override
  public List<OptionProblem> warnings(Map<String, String> options) {
    return EventHubsOptions.warnings(options);
  }

  @Override
  public List<OptionProblem> credentialProblems(
      Map<String, String> credentials, Map<String, String> topics) {
    return EventHubsOptions.credentialProblems(
        BootstrapServer.list(bootstrapServers), credentials, topics);
  }

  @Override
  public String remedy(Permission permission) {
    return switch (permission) {
      case READ_TOPIC, DESCRIBE_GROUP ->
          "assign the role 'Azure Event Hubs Data Receiver', or use a connection string with the Listen claim";
      case WRITE_TOPIC, USE_TRANSACTIONAL_IDS ->
          "assign the role 'Azure Event Hubs Data Sender', or use a connection string with the Send claim";
      case DESCRIBE_TOPIC ->
          "assign the role 'Azure Event Hubs Data Receiver' to read or 'Azure Event Hubs Data Sender' to write, or use a connection string with the Listen or Send claim";
    };
  }

  @Override
  public String oversizeRemedy(String property) {
    return "Event Hubs closes connections that send more than 1046528 bytes; write smaller rows";
  }
}
