package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import dev.outflow.kafka.option.InvalidOptionsException;
import dev.outflow.kafka.option.KafkaOptions;
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
record WireSteps(Steps steps, Map<String, String> clientProperties) {
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** The requests that a broker knows; empty if the steps have failed. */
  Optional<ApiVersions> run(List<Server> reachable, boolean tls) {
    if (!tls) {
      return steps.ask("kafka", WAIT, () -> versions(greet(reachable, Greeting::inTheOpen)), "tcp");
    }
    Optional<Replies<Server, Greeting>> greetings =
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

  private Answer<Replies<Server, Greeting>> agreements(List<Server> reachable) throws Exception {
    try (TlsEngines engines = TlsEngines.of(clientProperties)) {
      Replies<Server, Greeting> replies =
          greet(reachable, server -> Greeting.overTls(server, engines));
      List<String> agreed = new ArrayList<>();
      boolean endsSoon = false;
      for (Greeting greeting : replies.answers().values()) {
        SSLSession session = greeting.tls().orElseThrow();
        CertificateLife life = certificate(session);
        endsSoon |= life.endsSoon();
        agreed.add(
            "%s, %s; the broker is %s"
                .formatted(session.getProtocol(), session.getCipherSuite(), life));
      }
      String text = agreed.stream().distinct().collect(joining("; "));
      if (!replies.failures().isEmpty()) {
        return Answer.warning(
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
          ? Answer.warning(replies, "", "%s; it must be renewed on the broker".formatted(text))
          : Answer.ok(replies, text);
    }
  }

  private static CertificateLife certificate(SSLSession session) throws SSLPeerUnverifiedException {
    return CertificateLife.of((X509Certificate) session.getPeerCertificates()[0]);
  }

  /** One answer is enough; if there is none, the first reason is thrown. */
  private Replies<Server, Greeting> greet(
      List<Server> servers, Patience.Question<Server, Greeting> greeting) throws Exception {
    Replies<Server, Greeting> replies =
        steps.patience().ofEach(servers, WAIT.minusMillis(200), greeting);
    if (replies.answers().isEmpty()) {
      Map.Entry<Server, Exception> first = replies.failures().entrySet().iterator().next();
      throw first.getValue() instanceof IOException failure
          ? silence(first.getKey(), failure)
          : first.getValue();
    }
    return replies;
  }

  private static Answer<ApiVersions> versions(Replies<Server, Greeting> greetings) {
    Optional<ApiVersions> versions =
        greetings.answers().values().stream()
            .map(Greeting::versions)
            .filter(it -> it != null)
            .findFirst();
    if (versions.isEmpty()) {
      Map.Entry<Server, Greeting> first = greetings.answers().entrySet().iterator().next();
      throw silence(first.getKey(), first.getValue().failure());
    }
    return Answer.ok(
        versions.get(),
        "answers, and knows %d kinds of requests%s"
            .formatted(
                versions.get().newest().size(),
                versions.get().release().map(it -> ": Kafka " + it + " or newer").orElse("")));
  }

  private static InvalidOptionsException silence(Server server, IOException failure) {
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
