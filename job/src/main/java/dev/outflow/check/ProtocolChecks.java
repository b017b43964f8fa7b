package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.broker.EventHubs;
import dev.outflow.kafka.client.ClientGeneration;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.security.SecurityOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Checks that the servers speak TLS, if the definition asks for it, and Kafka's protocol in a
 * version that the client in use supports.
 */
record ProtocolChecks(StepRunner steps, Map<String, String> clientProperties) {

  /** Returns the requests that a broker supports; empty if unknown. */
  Optional<ApiVersions> run(List<BrokerAddress> reachable, boolean tls) {
    if (!tls) {
      return steps.run(
          CheckStep.KAFKA,
          () -> versions(ask(CheckStep.KAFKA, reachable, Handshake::overPlaintext)));
    }
    if (!TlsClient.supports(clientProperties)) {
      String reason = "ssl.engine.factory.class can only be tested by a Kafka client";
      steps.reportNotTried(CheckStep.TLS, reason);
      steps.reportNotTried(CheckStep.KAFKA, reason);
      return Optional.empty();
    }
    Optional<PartialResults<BrokerAddress, Handshake>> handshakes =
        steps.run(CheckStep.TLS, () -> handshakes(reachable));
    return steps.run(CheckStep.KAFKA, () -> versions(handshakes.orElseThrow()));
  }

  private StepResult<PartialResults<BrokerAddress, Handshake>> handshakes(
      List<BrokerAddress> reachable) throws Exception {
    try (TlsClient client = TlsClient.of(clientProperties)) {
      PartialResults<BrokerAddress, Handshake> handshakes =
          ask(CheckStep.TLS, reachable, broker -> Handshake.overTls(broker, client));
      List<String> sessions = new ArrayList<>();
      boolean expiresSoon = false;
      for (Handshake handshake : handshakes.results().values()) {
        SSLSession session = handshake.tls().orElseThrow();
        CertificateSummary certificate = certificate(session);
        expiresSoon |= certificate.expiresSoon();
        sessions.add(
            "%s, %s; broker certificate %s"
                .formatted(session.getProtocol(), session.getCipherSuite(), certificate));
      }
      String text = sessions.stream().distinct().collect(joining("; "));
      if (!handshakes.failures().isEmpty()) {
        return StepResult.warning(
            handshakes,
            KafkaOptions.BOOTSTRAP_SERVERS.key(),
            handshakes.failures().entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage())
                .collect(joining("; ", text + ", but ", "")));
      }
      return expiresSoon
          ? StepResult.warning(handshakes, "", text + "; renew it on the broker")
          : StepResult.ok(handshakes, text);
    }
  }

  private static CertificateSummary certificate(SSLSession session)
      throws SSLPeerUnverifiedException {
    return CertificateSummary.of((X509Certificate) session.getPeerCertificates()[0]);
  }

  /** Returns at least one answer; if there is none, throws the first reason. */
  private PartialResults<BrokerAddress, Handshake> ask(
      CheckStep step,
      List<BrokerAddress> brokers,
      TimeBudget.Question<BrokerAddress, Handshake> handshake)
      throws Exception {
    PartialResults<BrokerAddress, Handshake> handshakes = steps.askAll(step, brokers, handshake);
    if (handshakes.results().isEmpty()) {
      Map.Entry<BrokerAddress, Exception> first =
          handshakes.failures().entrySet().iterator().next();
      if (first.getValue() instanceof TimeoutException timeout) {
        throw InvalidOptionsException.of(
            KafkaOptions.BOOTSTRAP_SERVERS.key(),
            "%s has not answered: %s".formatted(first.getKey(), timeout.getMessage()));
      }
      throw first.getValue() instanceof IOException failure
          ? noAnswer(first.getKey(), failure)
          : first.getValue();
    }
    return handshakes;
  }

  private StepResult<ApiVersions> versions(PartialResults<BrokerAddress, Handshake> handshakes) {
    List<OptionProblem> unusable = new ArrayList<>();
    handshakes
        .results()
        .forEach(
            (broker, handshake) ->
                Optional.ofNullable(handshake.versions())
                    .flatMap(versions -> incompatibility(broker, versions))
                    .or(() -> rejection(broker, handshake))
                    .ifPresent(unusable::add));
    if (!unusable.isEmpty()) {
      throw new InvalidOptionsException(unusable);
    }
    Optional<ApiVersions> answer =
        handshakes.results().values().stream()
            .map(Handshake::versions)
            .filter(Objects::nonNull)
            .findFirst();
    if (answer.isEmpty()) {
      Map.Entry<BrokerAddress, Handshake> first = handshakes.results().entrySet().iterator().next();
      throw noAnswer(first.getKey(), first.getValue().failure());
    }
    ApiVersions versions = answer.get();
    String unsupported = versions.capabilities().unsupported();
    return StepResult.ok(
        versions,
        "is a Kafka broker: %d request types, Produce %s, Fetch %s%s"
            .formatted(
                versions.requestTypes(),
                versions.versions(ApiKeys.PRODUCE),
                versions.versions(ApiKeys.FETCH),
                unsupported.isEmpty() ? "" : "; does not support " + unsupported));
  }

  /**
   * Returns why the Kafka client in use can neither write to nor read from a broker. Without this
   * check, the client retries forever and reports nothing.
   */
  static Optional<OptionProblem> incompatibility(BrokerAddress broker, ApiVersions versions) {
    for (ApiKeys request : List.of(ApiKeys.PRODUCE, ApiKeys.FETCH)) {
      ApiVersion range = versions.response().apiKeys().find(request.id);
      String advice = null;
      if (range == null) {
        advice = "it may be a KRaft controller; use the address of a broker";
      } else if (range.maxVersion() < request.oldestVersion()) {
        advice =
            "it is older than Kafka 0.11; upgrade it, or submit outflow-legacy.jar instead (see docs/brokers.md)";
      } else if (range.minVersion() > request.latestVersion()) {
        advice =
            ClientGeneration.current() == ClientGeneration.LEGACY
                ? "it is newer; submit outflow.jar instead"
                : "it is newer; upgrade Outflow";
      }
      if (advice != null) {
        return Optional.of(
            new OptionProblem(
                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                "%s does not support the requests of kafka-clients %s (%s %d-%d, broker: %s): %s"
                    .formatted(
                        broker,
                        AppInfoParser.getVersion(),
                        request.name,
                        request.oldestVersion(),
                        request.latestVersion(),
                        versions.versions(request),
                        advice)));
      }
    }
    return Optional.empty();
  }

  private static Optional<OptionProblem> rejection(BrokerAddress broker, Handshake handshake) {
    return handshake.rejectsClient()
        ? Optional.of(
            new OptionProblem(
                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                "%s answers ApiVersions 0, but closes connections that begin with ApiVersions %d, as those of kafka-clients %s do; submit outflow-legacy.jar instead, whose client begins with an earlier version (see docs/brokers.md)"
                    .formatted(broker, ApiVersions.OF_CLIENT, AppInfoParser.getVersion())))
        : Optional.empty();
  }

  private InvalidOptionsException noAnswer(BrokerAddress broker, IOException failure) {
    String what = "closed the connection";
    if (failure instanceof SocketTimeoutException) {
      what = "accepts connections but does not respond";
    } else if (failure instanceof ApiVersions.NotKafkaException) {
      what = failure.getMessage();
    }
    return InvalidOptionsException.of(
        SecurityOptions.SECURITY_PROTOCOL.key(),
        (steps.connection().kind() instanceof EventHubs
                ? "%s %s; is it the namespace of this job? The Basic tier of Event Hubs does not support Kafka"
                : "%s %s; is it a Kafka broker, and is it the port for this 'security-protocol'?")
            .formatted(broker, what));
  }
}
