package dev.outflow.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import dev.outflow.embedded.SecuredBroker;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Metrics of certificates and credentials on the operators of a running job. */
@ExtendWith(KeyVaultExtension.class)
class SecurityMetricsITCase {
  private static final InMemoryReporter REPORTER = InMemoryReporter.create();

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  private static SecuredBroker broker;

  @BeforeAll
  static void start(FakeKeyVault vault, FakeManagedIdentity identity) {
    identity.work();
    broker = SecuredBroker.start(vault);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void reportsCertificateMetricsOnSourceAndSink() throws Exception {
    JobClient job = start(broker.options("mtls", "-"));

    for (String client : new String[] {"KafkaProducer", "KafkaConsumer"}) {
      awaitBetween(job, client + ".truststore-days-left", 364, 365);
      awaitBetween(job, client + ".client-certificate-days-left", 364, 365);
      awaitBetween(job, client + ".certificates-age-seconds", 0, 60);
      awaitBetween(job, client + ".certificates-read-seconds-ago", 0, 5);
      awaitBetween(job, client + ".certificates-refreshes-total", 2, 1000);
      awaitBetween(job, client + ".certificates-refresh-failures-total", 0, 0);
    }
    broker.vault().put("kafka-client-key", "not a key");
    awaitBetween(job, "KafkaProducer.certificates-refresh-failures-total", 1, 1000);
    assertThat(job.getJobStatus().get()).hasToString("RUNNING");
    job.cancel().get();
  }

  @Test
  void reportsCredentialMetricsOnSourceAndSink() throws Exception {
    JobClient job = start(broker.options("sasl_plaintext", "PLAIN"));

    awaitBetween(job, "KafkaProducer.credentials-refreshes-total", 2, 1000);
    awaitBetween(job, "KafkaConsumer.credentials-read-seconds-ago", 0, 5);
    job.cancel().get();
  }

  private static JobClient start(Map<String, String> security) throws Exception {
    SecuredBroker.putClient(broker.vault(), broker.authority().client("outflow"));
    TestTopic from = TestTopic.create(broker.kafka().broker(), 1);
    TestTopic to = TestTopic.create(broker.kafka().broker(), 1);
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(SecuredBroker.table("words", "kafka-input", from, security));
    tables.executeSql(SecuredBroker.table("copies", "kafka-output", to, security));
    return tables.from("words").executeInsert("copies").getJobClient().orElseThrow();
  }

  private static void awaitBetween(JobClient job, String metric, double least, double most) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(value(job, metric))
                    .as(metric)
                    .get()
                    .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                    .isBetween(least, most));
  }

  private static Optional<Double> value(JobClient job, String suffix) {
    return REPORTER.getMetricsByIdentifiers(job.getJobID()).entrySet().stream()
        .filter(metric -> metric.getKey().endsWith("." + suffix))
        .map(Map.Entry::getValue)
        .map(SecurityMetricsITCase::value)
        .findFirst();
  }

  private static double value(Metric metric) {
    return ((Number) ((Gauge<?>) metric).getValue()).doubleValue();
  }
}
