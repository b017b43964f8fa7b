package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.KeyVaultExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The check is bounded, however many addresses do not answer, and in whatever way. */
@ExtendWith(KeyVaultExtension.class)
class DeadNetworkITCase {
  /** For documentation (RFC 5737): routed nowhere, so that it is refused at once or never. */
  private static final String UNROUTABLE = "192.0.2.1:9092";

  @Test
  void finishesInTimeAgainstADeadNetwork(FakeManagedIdentity identity) throws Exception {
    identity.work();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      String nobody = "localhost:" + silent.getLocalPort();
      fill(full);
      String dropping = "127.0.0.1:" + full.getLocalPort();
      Instant begin = Instant.now();
      RecordedCheck check =
          RecordedCheck.of(
              List.of(
                  RecordedCheck.output("outputs.dropped", options(dropping)),
                  RecordedCheck.output("outputs.dropped_tls", secured(dropping, hanging)),
                  RecordedCheck.output("outputs.silent", options(nobody)),
                  RecordedCheck.output("outputs.silent_tls", secured(nobody, hanging)),
                  RecordedCheck.output("outputs.unroutable", options(UNROUTABLE)),
                  RecordedCheck.output("outputs.unroutable_tls", secured(UNROUTABLE, hanging)),
                  RecordedCheck.output("outputs.nameless", options("no-such-host.invalid:9092")),
                  RecordedCheck.output("outputs.closed", options("127.0.0.1:1"))),
              Duration.ofSeconds(20));

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(25));
      assertThat(failed(check, "outputs.dropped"))
          .isEqualTo(
              "tcp: connecting to %s timed out; check firewalls and routes".formatted(dropping));
      assertThat(failed(check, "outputs.silent"))
          .startsWith("kafka: " + nobody + " accepts connections but does not respond;");
      assertThat(failed(check, "outputs.silent_tls"))
          .startsWith("vault: " + hanging.url() + " did not respond in time");
      assertThat(failed(check, "outputs.unroutable")).startsWith("tcp: ").contains(UNROUTABLE);
      assertThat(failed(check, "outputs.nameless"))
          .isEqualTo(
              "dns: host 'no-such-host.invalid' cannot be resolved; correct the name or this machine's DNS");
      assertThat(failed(check, "outputs.closed"))
          .startsWith("tcp: 127.0.0.1:1 refused the connection");
      check
          .steps()
          .values()
          .forEach(
              steps ->
                  assertThat(steps)
                      .filteredOn(step -> step.step() == CheckStep.TOPIC)
                      .extracting(StepReport::outcome)
                      .containsExactly(Outcome.NOT_TRIED));
    }
  }

  @Test
  void givesUpWhenTheTimeLimitOfTheWholeCheckIsReached() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      RecordedCheck check =
          RecordedCheck.of(
              List.of(
                  RecordedCheck.output("outputs.o", options("localhost:" + silent.getLocalPort()))),
              Duration.ofMillis(500));

      assertThat(failed(check, "outputs.o"))
          .endsWith("timed out: the whole check has taken too long");
    }
  }

  /** Fills the backlog, so that the system drops further connections. */
  private static void fill(ServerSocket full) throws IOException {
    for (int i = 0; i < 4; i++) {
      SocketChannel waiting = SocketChannel.open();
      waiting.configureBlocking(false);
      waiting.connect(full.getLocalSocketAddress());
    }
  }

  /** Returns the name and answer of the first step that failed. */
  private static String failed(RecordedCheck check, String path) {
    return check.steps().get(path).stream()
        .filter(step -> step.outcome() == Outcome.FAILED)
        .map(step -> step.step() + ": " + step.answer())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> options(String servers) {
    return Map.of("bootstrap-servers", servers, "topic", "t", "format", "json");
  }

  private static Map<String, String> secured(String servers, FakeKeyVault vault) {
    Map<String, String> options = new HashMap<>(options(servers));
    options.put("security-protocol", "mtls");
    options.put("key-vault-name", vault.url());
    options.put("key-vault-credential", "managed-identity");
    options.put("keystore-certificate-chain", "client");
    options.put("keystore-key", "client-key");
    return options;
  }
}
