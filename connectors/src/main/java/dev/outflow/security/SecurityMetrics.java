package dev.outflow.security;

import dev.outflow.reference.DeferredSecrets;
import dev.outflow.reference.ReloadableSecrets;
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
 * Metrics of certificates and credentials among those of a Kafka client, from where Flink takes
 * them onto the operator: {@code KafkaProducer.truststore-days-left} and so on.
 *
 * <p>It is an interceptor because that is the one part of a Kafka client that may add metrics
 * (KIP-877) and that a producer and a consumer both have; records pass through untouched.
 */
public final class SecurityMetrics
    implements ProducerInterceptor<Object, Object>,
        ConsumerInterceptor<Object, Object>,
        Monitorable {
  private final List<ReloadableSecrets.Lease<?>> leases = new ArrayList<>();
  private DeferredSecrets secrets;

  @Override
  public void configure(Map<String, ?> client) {
    secrets = DeferredSecrets.of(client);
  }

  /** Registers what there is: certificates with TLS, credentials with a password. */
  @Override
  public void withPluginMetrics(PluginMetrics metrics) {
    Supplier<Status<TlsMaterial>> tls =
        open("certificates", TlsMaterial.PROPERTIES, TlsMaterial::of, metrics);
    open("credentials", Credentials.PROPERTIES, Credentials::of, metrics);
    if (tls != null) {
      add(metrics, "truststore-days-left", now -> daysLeft(tls, TlsMaterial::authority, now));
      add(metrics, "client-certificate-days-left", now -> daysLeft(tls, TlsMaterial::client, now));
    }
  }

  private <T> Supplier<Status<T>> open(
      String group,
      Set<String> properties,
      Function<Map<String, String>, T> make,
      PluginMetrics metrics) {
    DeferredSecrets own = secrets.only(properties);
    if (own.written().isEmpty()) {
      return null;
    }
    ReloadableSecrets.Lease<T> lease = ReloadableSecrets.open(own, make);
    leases.add(lease);
    Supplier<Status<T>> status = lease.rotating()::status;
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
    return Optional.ofNullable(tls.get().inUse())
        .flatMap(certificate)
        .map(it -> TlsMaterial.daysLeft(it, now))
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
    // Of no interest.
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Of no interest.
  }

  @Override
  public void close() {
    leases.forEach(ReloadableSecrets.Lease::close);
  }
}
