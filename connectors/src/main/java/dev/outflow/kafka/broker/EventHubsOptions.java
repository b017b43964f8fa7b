package dev.outflow.kafka.broker;

import static dev.outflow.kafka.option.KafkaOptions.KAFKA_PREFIX;
import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.SecurityOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The options of a table that Event Hubs rejects.
 *
 * @param servers the addresses in {@code bootstrap-servers}
 * @param options as the user wrote them
 */
record EventHubsOptions(List<BootstrapServer> servers, Map<String, String> options) {
  static final String USERNAME = "$ConnectionString";
  private static final String PORT = "9093";
  private static final int LONGEST_GROUP_ID = 256;

  private static final String PROTOCOL = SecurityOptions.SECURITY_PROTOCOL.key();
  private static final String KAFKA_PROTOCOL =
      KAFKA_PREFIX + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
  private static final List<String> MECHANISMS =
      List.of(SecurityOptions.SASL_MECHANISM.key(), KAFKA_PREFIX + SaslConfigs.SASL_MECHANISM);
  private static final List<String> CODECS =
      List.of("compression-type", KAFKA_PREFIX + ProducerConfig.COMPRESSION_TYPE_CONFIG);
  private static final List<String> TOPICS =
      List.of(
          KafkaOptions.TOPIC.key(),
          "topics",
          "topic-pattern",
          "topic.allowed",
          "dead-letter-topic");

  List<OptionProblem> problems() {
    Rejections rejections = new Rejections("Event Hubs", options);
    checkServers(rejections);
    rejections.addUnlessAny(
        PROTOCOL,
        List.of(KAFKA_PROTOCOL),
        "is required for Event Hubs, which accepts only TLS; set sasl_ssl");
    rejections.addIfAny(PROTOCOL, Set.of("none", "sasl_plaintext", "mtls"), "use sasl_ssl");
    rejections.addIfAny(
        KAFKA_PROTOCOL, Set.of("plaintext", "sasl_plaintext", "ssl"), "use SASL_SSL");
    for (String mechanism : MECHANISMS) {
      rejections.addIfAny(
          mechanism,
          Set.of("scram-sha-256", "scram-sha-512"),
          "use PLAIN with a connection string, or OAUTHBEARER");
    }
    for (String codec : CODECS) {
      rejections.addIfAny(
          codec,
          Set.of("snappy", "lz4", "zstd"),
          "use none, or gzip in the Premium or Dedicated tier");
    }
    checkGroup(rejections);
    checkCredentials(rejections);
    return rejections.problems();
  }

  private void checkServers(Rejections rejections) {
    String key = KafkaOptions.BOOTSTRAP_SERVERS.key();
    List<String> hosts = servers.stream().map(BootstrapServer::host).distinct().toList();
    if (hosts.size() > 1) {
      rejections.add(
          key,
          "%s: a namespace of Event Hubs has one address; use one of them"
              .formatted(String.join(", ", hosts)));
    }
    String wrong =
        servers.stream()
            .filter(server -> EventHubs.isNamespace(server) && !server.port().equals(PORT))
            .map(server -> "'%s'".formatted(server))
            .collect(joining(", "));
    if (!wrong.isEmpty()) {
      rejections.add(
          key, "%s is not the Kafka endpoint of Event Hubs; use port %s".formatted(wrong, PORT));
    }
  }

  private static void checkGroup(Rejections rejections) {
    String key = KafkaOptions.CONSUMER_GROUP_ID.key();
    rejections
        .find(key)
        .map(String::length)
        .filter(length -> length > LONGEST_GROUP_ID)
        .ifPresent(
            length ->
                rejections.add(
                    key,
                    "has %d characters, but Event Hubs allows %d; shorten it"
                        .formatted(length, LONGEST_GROUP_ID)));
  }

  private void checkCredentials(Rejections rejections) {
    boolean isPlain =
        rejections
                .find(PROTOCOL)
                .filter(protocol -> protocol.toLowerCase(Locale.ROOT).startsWith("sasl"))
                .isPresent()
            && rejections.find(MECHANISMS.get(0)).orElse("PLAIN").equalsIgnoreCase("PLAIN");
    if (isPlain) {
      Map<String, String> credentials = new HashMap<>();
      for (String key : List.of(SecurityOptions.USERNAME.key(), SecurityOptions.PASSWORD.key())) {
        rejections.find(key).ifPresent(value -> credentials.put(key, value));
      }
      credentialProblems(servers, credentials, topics())
          .forEach(problem -> rejections.add(problem.key(), problem.message()));
    }
  }

  private Map<String, String> topics() {
    Map<String, String> topics = new HashMap<>(options);
    topics.keySet().retainAll(TOPICS);
    return topics;
  }

  /** Returns problems with a username and password of {@code sasl-mechanism: PLAIN}. */
  static List<OptionProblem> credentialProblems(
      List<BootstrapServer> servers, Map<String, String> credentials, Map<String, String> topics) {
    List<OptionProblem> problems = new ArrayList<>();
    String username = credentials.get(SecurityOptions.USERNAME.key());
    if (username != null && !username.strip().equals(USERNAME)) {
      problems.add(
          new OptionProblem(
              SecurityOptions.USERNAME.key(),
              "must be %s for Event Hubs, with a connection string as the password"
                  .formatted(USERNAME)));
    }
    String password = credentials.get(SecurityOptions.PASSWORD.key());
    if (password != null) {
      List<String> hosts = servers.stream().map(BootstrapServer::host).distinct().toList();
      ConnectionString.parse(password).problems(hosts, topics).stream()
          .map(message -> new OptionProblem(SecurityOptions.PASSWORD.key(), message))
          .forEach(problems::add);
    }
    return problems;
  }

  /** Returns options that only some tiers support. */
  static List<OptionProblem> warnings(Map<String, String> options) {
    return CODECS.stream()
        .filter(codec -> "gzip".equalsIgnoreCase(options.get(codec)))
        .map(
            codec ->
                new OptionProblem(
                    codec, "gzip requires the Premium or Dedicated tier of Event Hubs"))
        .toList();
  }
}
