package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.security.SecurityOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What the brokers say to anybody: TLS, if the definition wants it, and that they are Kafka's. */
record ProtocolSteps(Steps steps, Map<String, String> clientProperties) {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** The requests that a broker knows; empty if the steps have failed. */
  Optional<ApiVersions> run(List<BrokerAddress> reachable, boolean tls) {
    if (!tls) {
      return steps.ask(
          "kafka", WAIT, () -> versions(greet(reachable, Handshake::inTheOpen)), "tcp");
    }
    Optional<Results<BrokerAddress, Handshake>> greetings =
        steps.ask(
            "tls",
            WAIT,
            () -> agreements(reachable),
            "tcp",
            "secrets",
            "authorities",
            "certificate");
    return steps.ask("kafka", WAIT, () -> versions(greetings.orElseThrow()), "tls");
  }

  private StepResult<Results<BrokerAddress, Handshake>> agreements(List<BrokerAddress> reachable)
      throws Exception {
    try (TlsEngines engines = TlsEngines.of(clientProperties)) {
      Results<BrokerAddress, Handshake> replies =
          greet(reachable, server -> Handshake.overTls(server, engines));
      List<String> agreed = new ArrayList<>();
      boolean endsSoon = false;
      for (Handshake greeting : replies.answers().values()) {
        SSLSession session = greeting.tls().orElseThrow();
        CertificateLife life = certificate(session);
        endsSoon |= life.endsSoon();
        agreed.add(
            "%s, %s; the broker is %s"
                .formatted(session.getProtocol(), session.getCipherSuite(), life));
      }
      String text = agreed.stream().distinct().collect(joining("; "));
      if (!replies.failures().isEmpty()) {
        return StepResult.warning(
            replies,
            KafkaOptions.BOOTSTRAP_SERVERS.key(),
            "%s; but %s"
                .formatted(
                    text,
                    replies.failures().entrySet().stream()
                        .map(it -> it.getKey() + ": " + it.getValue().getMessage())
                        .collect(joining("; "))));
      }
      return endsSoon
          ? StepResult.warning(replies, "", "%s; it must be renewed on the broker".formatted(text))
          : StepResult.ok(replies, text);
    }
  }

  private static CertificateLife certificate(SSLSession session) throws SSLPeerUnverifiedException {
    return CertificateLife.of((X509Certificate) session.getPeerCertificates()[0]);
  }

  /** One answer is enough; if there is none, the first reason is thrown. */
  private Results<BrokerAddress, Handshake> greet(
      List<BrokerAddress> servers, TimeBudget.Question<BrokerAddress, Handshake> greeting)
      throws Exception {
    Results<BrokerAddress, Handshake> replies =
        steps.patience().ofEach(servers, WAIT.minusMillis(200), greeting);
    if (replies.answers().isEmpty()) {
      Map.Entry<BrokerAddress, Exception> first = replies.failures().entrySet().iterator().next();
      throw first.getValue() instanceof IOException failure
          ? silence(first.getKey(), failure)
          : first.getValue();
    }
    return replies;
  }

  private static StepResult<ApiVersions> versions(Results<BrokerAddress, Handshake> greetings) {
    Optional<ApiVersions> versions =
        greetings.answers().values().stream()
            .map(Handshake::versions)
            .filter(it -> it != null)
            .findFirst();
    if (versions.isEmpty()) {
      Map.Entry<BrokerAddress, Handshake> first = greetings.answers().entrySet().iterator().next();
      throw silence(first.getKey(), first.getValue().failure());
    }
    return StepResult.ok(
        versions.get(),
        "answers, and knows %d kinds of requests%s"
            .formatted(
                versions.get().newest().size(),
                versions.get().release().map(it -> ": Kafka " + it + " or newer").orElse("")));
  }

  private static InvalidOptionsException silence(BrokerAddress server, IOException failure) {
    String what = "ends the connection";
    if (failure instanceof SocketTimeoutException) {
      what = "accepts connections and does not answer";
    } else if (failure instanceof ApiVersions.NotKafkaException) {
      what = failure.getMessage();
    }
    return InvalidOptionsException.of(
        SecurityOptions.SECURITY_PROTOCOL.key(),
        "%s %s; is it a Kafka broker, and is it the port for this 'security-protocol'?"
            .formatted(server, what));
  }
}
