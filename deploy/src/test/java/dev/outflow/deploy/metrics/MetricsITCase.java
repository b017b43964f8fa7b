package dev.outflow.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecureKafka;
import dev.outflow.embedded.TestAuthority;
import dev.outflow.embedded.TestCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Metrics that Flink reports for the sample job, with three kinds of secure connections. */
@ExtendWith(KeyVaultExtension.class)
class MetricsITCase {
  private static final PushedMetrics PUSHED = PushedMetrics.listen();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(PUSHED.flinkOptions())
              .build());

  private static final String ONE_TASK = "flink.parallelism.default=1";
  private static final Duration RUNNING = Duration.ofMinutes(2);

  /** Outflow's own names are lowercase, except for the metric group of Kafka's clients. */
  private static final Pattern OUTFLOWS =
      Pattern.compile(
          "flink_taskmanager_job_task_operator_([a-z]+(_[a-z]+)+"
              + "|Kafka\\w+_(truststore|client_certificate|certificates|credentials)_[a-z_]+)");

  /** The retention of the topics: inputs export a maximum safe downtime only if it is limited. */
  private static final Map<String, String> WEEK = Map.of("retention.ms", "604800000");

  private static SecureKafka kafka;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) throws Exception {
    identity.work();
    TestAuthority authority = TestAuthority.create("Brokers and clients");
    kafka = SecureKafka.start(authority.server("localhost"), authority);
    TestCertificate client = authority.client("outflow");
    vault.answer().allowAll();
    vault.put("kafka-ca", authority.pem());
    vault.put("kafka-client", client.chainPem());
    vault.put("kafka-client-key", client.keyPkcs8Pem());
    vault.put("kafka-user", SecureKafka.USER);
    vault.put("kafka-password", SecureKafka.PASSWORD);
    try (Admin admin = kafka.broker().admin()) {
      admin
          .createTopics(
              Stream.of("orders", "large-orders", "city-revenue")
                  .map(topic -> new NewTopic(topic, 1, (short) 1).configs(WEEK))
                  .toList())
          .all()
          .get();
    }
  }

  /** Must be called within a test: only there does Flink's environment use the cluster. */
  private static void startJobs(FakeKeyVault vault) throws Exception {
    submit("generator", List.of("outputs.orders.bootstrap-servers=" + open(), ONE_TASK));
    List<String> settings = new ArrayList<>();
    settings.add(ONE_TASK);
    settings.add("flink.execution.checkpointing.interval=1 s");
    settings.addAll(password("inputs.orders", "sasl_ssl", kafka.saslSsl(), vault));
    settings.add("inputs.orders.truststore-certificates=kafka-ca");
    settings.add("inputs.orders.event-time.policy=adjust");
    settings.addAll(mutual("outputs.large_orders", vault));
    settings.addAll(
        password("outputs.city_revenue", "sasl_plaintext", kafka.saslPlaintext(), vault));
    submit("job", settings);
  }

  @AfterAll
  static void stop() {
    kafka.close();
    PUSHED.close();
  }

  @Test
  void documentationDashboardAndAlertsUseExistingMetricsAndOmitNone(FakeKeyVault vault)
      throws Exception {
    startJobs(vault);
    Set<String> documented = MetricsPage.names();
    List<Selector> selectors = new ArrayList<>();
    Stream.of(Dashboard.read().expressions(), Alerts.read().expressions())
        .flatMap(List::stream)
        .flatMap(expression -> Selector.in(expression).stream())
        .filter(selector -> !selector.isOfPrometheus())
        .forEach(selectors::add);

    Awaitility.await()
        .atMost(RUNNING)
        .untilAsserted(
            () -> {
              List<Sample> samples = PUSHED.samples();
              assertThat(names(samples)).containsAll(documented);
              assertThat(selectors)
                  .allMatch(selector -> samples.stream().anyMatch(selector::matches));
              assertThat(value(samples, "checkpoint_interval_ms", "orders: Writer"))
                  .as("at-least-once output")
                  .isPositive();
              assertThat(value(samples, "committed_records", "large_orders: Committer"))
                  .isPositive();
              assertThat(
                      samples.stream()
                          .filter(sample -> sample.name().endsWith("write_latency_ms"))
                          .filter(
                              sample ->
                                  sample
                                      .labels()
                                      .get("operator_name")
                                      .equals("large_orders: Writer"))
                          .filter(sample -> sample.labels().get("quantile").equals("0.99")))
                  .allMatch(
                      sample -> sample.value() > 0 && sample.value() < RUNNING.toMillis() * 2);
            });
    assertThat(names(PUSHED.samples()).stream().filter(name -> OUTFLOWS.matcher(name).matches()))
        .isSubsetOf(withCounts(documented));
  }

  private static double value(List<Sample> samples, String metric, String operator) {
    return samples.stream()
        .filter(sample -> sample.name().endsWith("_operator_" + metric))
        .filter(sample -> operator.equals(sample.labels().get("operator_name")))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static Set<String> names(List<Sample> samples) {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.name()));
    return names;
  }

  /** Adds the counter that comes with each histogram. */
  private static Set<String> withCounts(Set<String> names) {
    Set<String> all = new HashSet<>(names);
    names.forEach(name -> all.add(name + "_count"));
    return all;
  }

  private static void submit(String definition, List<String> settings) throws Exception {
    JobComposer.compose(
            DefinitionReader.draft(
                DefinitionSource.of("../conf/" + definition + ".yaml").with(settings)),
            new Configuration(),
            StreamExecutionEnvironment::getExecutionEnvironment)
        .submit();
  }

  private static String open() {
    return kafka.broker().bootstrapServers();
  }

  private static List<String> mutual(String path, FakeKeyVault vault) {
    return settings(
        path,
        "bootstrap-servers=" + kafka.mtls(),
        "security-protocol=mtls",
        "truststore-certificates=kafka-ca",
        "keystore-certificate-chain=kafka-client",
        "keystore-key=kafka-client-key",
        "key-vault-name=" + vault.url(),
        "key-vault-credential=managed-identity");
  }

  private static List<String> password(
      String path, String protocol, String servers, FakeKeyVault vault) {
    return settings(
        path,
        "bootstrap-servers=" + servers,
        "security-protocol=" + protocol,
        "sasl-mechanism=PLAIN",
        "username=${keyvault:%s:kafka-user}".formatted(vault.url()),
        "password=${keyvault:%s:kafka-password}".formatted(vault.url()),
        "key-vault-name=" + vault.url(),
        "key-vault-credential=managed-identity");
  }

  private static List<String> settings(String path, String... settings) {
    return Stream.of(settings).map(setting -> path + "." + setting).toList();
  }
}
