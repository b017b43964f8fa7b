package dev.outflow.kafka.broker;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.SecurityOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** A cluster of Confluent Cloud: TLS is required, and API keys have roles or ACLs. */
public record ConfluentCloud() implements BrokerKind {
  private static final String SUFFIX = ".confluent.cloud";
  private static final String PROTOCOL = SecurityOptions.SECURITY_PROTOCOL.key();
  private static final String KAFKA_PROTOCOL =
      KafkaOptions.KAFKA_PREFIX + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
  private static final Set<String> PLAINTEXT = Set.of("none", "plaintext", "sasl_plaintext");
  private static final Set<String> SCRAM = Set.of("scram-sha-256", "scram-sha-512");

  static boolean isCluster(BootstrapServer server) {
    return server.host().endsWith(SUFFIX);
  }

  @Override
  public String serviceName() {
    return "Confluent Cloud";
  }

  @Override
  public List<OptionProblem> problems(Map<String, String> options) {
    Rejections rejections = new Rejections(serviceName(), options);
    ConnectionString.usernameProblems(options)
        .forEach(problem -> rejections.add(problem.key(), problem.message()));
    rejections.addUnlessAny(
        PROTOCOL,
        List.of(KAFKA_PROTOCOL),
        "is required for Confluent Cloud, which accepts only TLS; set sasl_ssl");
    rejections.addIfAny(PROTOCOL, PLAINTEXT, "use sasl_ssl");
    rejections.addIfAny(KAFKA_PROTOCOL, PLAINTEXT, "use SASL_SSL");
    for (String key :
        List.of(
            SecurityOptions.SASL_MECHANISM.key(),
            KafkaOptions.KAFKA_PREFIX + SaslConfigs.SASL_MECHANISM)) {
      rejections.addIfAny(key, SCRAM, "use PLAIN with an API key, or OAUTHBEARER");
    }
    return rejections.problems();
  }

  @Override
  public String remedy(Permission permission) {
    String grant = "grant the account of the API key ";
    return switch (permission) {
      case READ_TOPIC -> grant + "the role DeveloperRead, or an ACL that allows READ, on it";
      case WRITE_TOPIC -> grant + "the role DeveloperWrite, or an ACL that allows WRITE, on it";
      case DESCRIBE_TOPIC ->
          grant + "the role DeveloperRead or DeveloperWrite, or an ACL that allows DESCRIBE, on it";
      case DESCRIBE_GROUP ->
          grant + "the role DeveloperRead, or an ACL that allows DESCRIBE, on it";
      case USE_TRANSACTIONAL_IDS ->
          grant
              + "the role DeveloperWrite, or an ACL that allows WRITE and DESCRIBE, on them (resource type TransactionalId, pattern type PREFIXED)";
    };
  }
}
