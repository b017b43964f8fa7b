package dev.outflow.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.option.OptionProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerKindTest {
  private static final String NAMESPACE = "my-namespace.servicebus.windows.net:9093";
  private static final Map<String, String> ACCEPTED =
      Map.of(
          "bootstrap-servers", NAMESPACE,
          "topic", "orders",
          "security-protocol", "sasl_ssl",
          "sasl-mechanism", "OAUTHBEARER");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my-namespace.servicebus.windows.net:9093",
        "My-Namespace.ServiceBus.Windows.NET:9093",
        "my-namespace.servicebus.windows.net.:9093",
        "my-namespace.servicebus.windows.net",
        "broker:9092, my-namespace.servicebus.windows.net:9093",
        "my-namespace.servicebus.chinacloudapi.cn:9093",
        "my-namespace.servicebus.usgovcloudapi.net:9093",
        "my-namespace.servicebus.cloudapi.de:9093"
      })
  void recognizesEventHubsInEveryCloud(String servers) {
    assertThat(BrokerKind.of(servers)).isInstanceOf(EventHubs.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pkc-12345.westeurope.azure.confluent.cloud:9092", "PKC.Confluent.Cloud.:9092"})
  void recognizesConfluentCloud(String servers) {
    assertThat(BrokerKind.of(servers)).isInstanceOf(ConfluentCloud.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:9092",
        "broker-1:9092,broker-2:9092",
        "[::1]:9092",
        "servicebus.windows.net.example.com:9093",
        "notservicebus.windows.net:9093",
        "confluent.cloud.example.com:9092",
        "${keyvault:my-vault:servers}",
        ""
      })
  void takesEveryOtherAddressForApacheKafka(String servers) {
    assertThat(BrokerKind.of(servers)).isInstanceOf(ApacheKafka.class);
  }

  @Test
  void givesClientsOfEventHubsWhatMicrosoftRecommends() {
    BrokerKind kind = BrokerKind.of(NAMESPACE);

    assertThat(new TreeMap<>(kind.clientDefaults()))
        .hasToString(
            "{connections.max.idle.ms=180000, metadata.max.age.ms=180000, request.timeout.ms=60000}");
    assertThat(new TreeMap<>(kind.producerDefaults()))
        .hasToString("{max.request.size=1000000, metadata.max.idle.ms=180000}");
    assertThat(ProducerConfig.configNames())
        .containsAll(kind.clientDefaults().keySet())
        .containsAll(kind.producerDefaults().keySet());
    assertThat(ConsumerConfig.configNames()).containsAll(kind.clientDefaults().keySet());
    assertThat(AdminClientConfig.configNames()).containsAll(kind.clientDefaults().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker:9092", "pkc-12345.westeurope.azure.confluent.cloud:9092"})
  void leavesKafkasDefaultsToOthers(String servers) {
    BrokerKind kind = BrokerKind.of(servers);

    assertThat(kind.clientDefaults()).isEmpty();
    assertThat(kind.producerDefaults()).isEmpty();
    assertThat(kind.defaultGuarantee().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(kind.defaultGuarantee().reason()).isEmpty();
  }

  @Test
  void explainsTheDefaultGuaranteeOfEventHubs() {
    DefaultGuarantee guarantee = BrokerKind.of(NAMESPACE).defaultGuarantee();

    assertThat(guarantee.guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(guarantee.reason())
        .contains("transactions are a preview, in the Premium and Dedicated tiers only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "security-protocol | none | 'none' is not supported by Event Hubs; use sasl_ssl",
        "security-protocol | SASL_PLAINTEXT | 'SASL_PLAINTEXT' is not supported by Event Hubs; use sasl_ssl",
        "security-protocol | mtls | 'mtls' is not supported by Event Hubs; use sasl_ssl",
        "kafka.security.protocol | SSL | 'SSL' is not supported by Event Hubs; use SASL_SSL",
        "sasl-mechanism | SCRAM-SHA-256 | 'SCRAM-SHA-256' is not supported by Event Hubs; use PLAIN with a connection string, or OAUTHBEARER",
        "kafka.sasl.mechanism | SCRAM-SHA-512 | 'SCRAM-SHA-512' is not supported by Event Hubs; use PLAIN with a connection string, or OAUTHBEARER",
        "compression-type | zstd | 'zstd' is not supported by Event Hubs; use none, or gzip in the Premium or Dedicated tier",
        "compression-type | LZ4 | 'LZ4' is not supported by Event Hubs; use none, or gzip in the Premium or Dedicated tier",
        "kafka.compression.type | snappy | 'snappy' is not supported by Event Hubs; use none, or gzip in the Premium or Dedicated tier"
      })
  void rejectsWhatEventHubsDoesNotSupport(String key, String value, String message) {
    assertThat(problems(key, value)).containsExactly(new OptionProblem(key, message));
  }

  @ParameterizedTest
  @CsvSource({
    "compression-type, gzip",
    "compression-type, none",
    "kafka.compression.type, ${env:CODEC}",
    "sasl-mechanism, ${env:MECHANISM}",
    "security-protocol, SASL_SSL",
    "kafka.security.protocol, SASL_SSL"
  })
  void acceptsWhatEventHubsSupportsAndWhatIsUnknownYet(String key, String value) {
    assertThat(problems(key, value)).isEmpty();
  }

  @Test
  void requiresTlsForEventHubs() {
    assertThat(BrokerKind.of(NAMESPACE).problems(Map.of("topic", "orders")))
        .containsExactly(
            new OptionProblem(
                "security-protocol",
                "is required for Event Hubs, which accepts only TLS; set sasl_ssl"));
  }

  @Test
  void rejectsAnotherPortAndASecondNamespace() {
    assertThat(problemsOf("a.servicebus.windows.net:9092,B.servicebus.windows.net.:9093"))
        .containsExactly(
            "a.servicebus.windows.net, b.servicebus.windows.net: a namespace of Event Hubs has one address; use one of them",
            "'a.servicebus.windows.net:9092': the Kafka port of Event Hubs is 9093");
    assertThat(problemsOf("a.servicebus.windows.net:9093,A.servicebus.windows.net:9093")).isEmpty();
    assertThat(problemsOf("a.servicebus.windows.net:9093,broker:9092"))
        .containsExactly(
            "a.servicebus.windows.net, broker: a namespace of Event Hubs has one address; use one of them");
  }

  @Test
  void limitsTheConsumerGroupIdOfEventHubs() {
    assertThat(problems("consumer-group-id", "g".repeat(256))).isEmpty();
    assertThat(problems("consumer-group-id", "g".repeat(257)))
        .containsExactly(
            new OptionProblem(
                "consumer-group-id", "has 257 characters, but Event Hubs allows 256; shorten it"));
  }

  @Test
  void rejectsAUsernameOtherThanConnectionString() {
    Map<String, String> options = new HashMap<>(ACCEPTED);
    options.put("sasl-mechanism", "PLAIN");
    options.put("username", "RootManageSharedAccessKey");
    options.put("password", "${env:CONNECTION_STRING}");

    assertThat(BrokerKind.of(NAMESPACE).problems(options))
        .containsExactly(
            new OptionProblem(
                "username",
                "must be $ConnectionString for Event Hubs, with a connection string as the password"));
  }

  @Test
  void acceptsAnyClientIdAsUsernameForOauth() {
    Map<String, String> options = new HashMap<>(ACCEPTED);
    options.put("oauth-token-endpoint", "https://login.microsoftonline.com/t/oauth2/v2.0/token");
    options.put("username", "my-client-id");
    options.put("password", "my-client-secret");

    assertThat(BrokerKind.of(NAMESPACE).problems(options)).isEmpty();
  }

  @Test
  void warnsAboutGzipForEventHubsOnly() {
    Map<String, String> options =
        Map.of("compression-type", "gzip", "kafka.compression.type", "none");

    assertThat(BrokerKind.of(NAMESPACE).warnings(options))
        .containsExactly(
            new OptionProblem(
                "compression-type", "gzip requires the Premium or Dedicated tier of Event Hubs"));
    assertThat(BrokerKind.of("broker:9092").warnings(options)).isEmpty();
  }

  @Test
  void rejectsPlaintextAndScramForConfluentCloud() {
    BrokerKind kind = BrokerKind.of("pkc-1.westeurope.azure.confluent.cloud:9092");

    assertThat(
            kind.problems(
                Map.of("security-protocol", "sasl_plaintext", "sasl-mechanism", "SCRAM-SHA-512")))
        .containsExactly(
            new OptionProblem(
                "security-protocol",
                "'sasl_plaintext' is not supported by Confluent Cloud; use sasl_ssl"),
            new OptionProblem(
                "sasl-mechanism",
                "'SCRAM-SHA-512' is not supported by Confluent Cloud; use PLAIN with an API key, or OAUTHBEARER"));
    assertThat(kind.problems(Map.of("topic", "orders")))
        .containsExactly(
            new OptionProblem(
                "security-protocol",
                "is required for Confluent Cloud, which accepts only TLS; set sasl_ssl"));
    assertThat(kind.problems(Map.of("security-protocol", "sasl_ssl", "compression-type", "zstd")))
        .isEmpty();
  }

  @Test
  void acceptsEverythingForApacheKafka() {
    assertThat(
            BrokerKind.of("broker:9092")
                .problems(Map.of("compression-type", "zstd", "password", "hunter2")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "broker:9092 | allow WRITE on it",
        "a.servicebus.windows.net:9093 | assign the role 'Azure Event Hubs Data Sender', or use a connection string with the Send claim",
        "pkc-1.confluent.cloud:9092 | grant the account of the API key the role DeveloperWrite, or an ACL that allows WRITE, on it"
      })
  void tellsHowToGrantAPermission(String servers, String remedy) {
    assertThat(BrokerKind.of(servers).remedy(Permission.WRITE_TOPIC)).isEqualTo(remedy);
  }

  private static List<OptionProblem> problems(String key, String value) {
    Map<String, String> options = new HashMap<>(ACCEPTED);
    if (key.equals("kafka.security.protocol")) {
      options.remove("security-protocol");
      options.remove("sasl-mechanism");
    }
    options.put(key, value);
    return BrokerKind.of(NAMESPACE).problems(options);
  }

  private static List<String> problemsOf(String servers) {
    return BrokerKind.of(servers).problems(ACCEPTED).stream()
        .filter(problem -> problem.key().equals("bootstrap-servers"))
        .map(OptionProblem::message)
        .toList();
  }
}
