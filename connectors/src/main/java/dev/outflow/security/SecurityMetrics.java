package dev.outflow.security;

import dev.outflow.reference.ReloadableSecrets;
import dev.outflow.reference.SecretProperties;
import dev.outflow.sasl.Credentials;
import dev.outflow.secret.ReloadableSecret.Status;
import dev.outflow.tls.TlsMaterial;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * Adds metrics of certificates and credentials to a Kafka client. Flink exposes them as metrics of
 * the operator: {@code KafkaProducer.truststore-days-left} and so on.
 *
 * <p>It is an interceptor because that is the only plugin of both producer and consumer that can
 * add metrics (KIP-877). Records are not changed.
 */
public final class SecurityMetrics
    implements ProducerInterceptor<Object, Object>,
        ConsumerInterceptor<Object, Object>,
        Monitorable {
  private final List<ReloadableSecrets.Lease<?>> leases = new ArrayList<>();
  private Map<String, ?> client = Map.of();

  @Override
  public void configure(Map<String, ?> client) {
    this.client = client;
  }

  /** Registers metrics of certificates with TLS, and of credentials with a password. */
  @Override
  public void withPluginMetrics(PluginMetrics metrics) {
    Supplier<Status<TlsMaterial>> tls =
        open("certificates", TlsMaterial.PROPERTIES, TlsMaterial::of, metrics);
    open("credentials", Credentials.PROPERTIES, Credentials::of, metrics);
    if (tls != null) {
      add(
          metrics,
          "truststore-days-left",
          now -> daysLeft(tls, TlsMaterial::firstTrustAnchorToExpire, now));
      add(
          metrics,
          "client-certificate-days-left",
          now -> daysLeft(tls, TlsMaterial::clientCertificate, now));
    }
  }

  private <T> Supplier<Status<T>> open(
      String group,
      Set<String> properties,
      Function<Map<String, String>, T> factory,
      PluginMetrics metrics) {
    SecretProperties secrets = SecretProperties.of(client, properties, Set.of());
    if (secrets.values().isEmpty()) {
      return null;
    }
    ReloadableSecrets.Lease<T> lease = ReloadableSecrets.open(secrets, factory);
    leases.add(lease);
    Supplier<Status<T>> status = lease.secret()::status;
    add(metrics, group + "-age-seconds", now -> seconds(status.get().changed(), now));
    add(metrics, group + "-read-seconds-ago", now -> seconds(status.get().confirmed(), now));
    add(metrics, group + "-refreshes-total", now -> (double) status.get().refreshes());
    add(metrics, group + "-refresh-failures-total", now -> (double) status.get().failures());
    return status;
  }

  private static void add(PluginMetrics metrics, String name, Function<Instant, Double> value) {
    Gauge<Double> gauge = (config, now) -> value.apply(Instant.ofEpochMilli(now));
    metrics.addMetric(metrics.metricName(name, "", new LinkedHashMap<>()), gauge);
  }

  private static double daysLeft(
      Supplier<Status<TlsMaterial>> tls,
      Function<TlsMaterial, Optional<X509Certificate>> certificate,
      Instant now) {
    return Optional.ofNullable(tls.get().value())
        .flatMap(certificate)
        .map(found -> TlsMaterial.daysLeft(found, now))
        .orElse(Double.NaN);
  }

  private static double seconds(Instant since, Instant now) {
    return since.equals(Instant.MIN)
        ? Double.NaN
        : Duration.between(since, now).toMillis() / 1000.0;
  }

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    return record;
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
    return records;
  }

  @Override
  public void onAcknowledgement(RecordMetadata record, Exception failure) {
    // Not used.
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Not used.
  }

  @Override
  public void close() {
    leases.forEach(ReloadableSecrets.Lease::close);
  }
}
