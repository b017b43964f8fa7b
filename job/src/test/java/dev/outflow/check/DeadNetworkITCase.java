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

/** However many addresses do not answer, and in whatever way, the check ends. */
@ExtendWith(KeyVaultExtension.class)
class DeadNetworkITCase {
  /** For documentation (RFC 5737): routed nowhere, so that it is refused at once or never. */
  private static final String UNROUTABLE = "192.0.2.1:9092";

  @Test
  void aCheckAgainstADeadNetworkEndsWithinHalfAMinute(FakeManagedIdentity identity)
      throws Exception {
    identity.work();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FakeKeyVault hanging = FakeKeyVault.start().trustedHere().hang()) {
      String nobody = "localhost:" + silent.getLocalPort();
      fill(full);
      String dropping = "127.0.0.1:" + full.getLocalPort();
      Instant begin = Instant.now();
      Checked checked =
          Checked.of(
              List.of(
                  Checked.target("outputs.dropped", options(dropping)),
                  Checked.target("outputs.dropped_tls", secured(dropping, hanging)),
                  Checked.target("outputs.silent", options(nobody)),
                  Checked.target("outputs.silent_tls", secured(nobody, hanging)),
                  Checked.target("outputs.unroutable", options(UNROUTABLE)),
                  Checked.target("outputs.unroutable_tls", secured(UNROUTABLE, hanging)),
                  Checked.target("outputs.nameless", options("no-such-host.invalid:9092")),
                  Checked.target("outputs.closed", options("127.0.0.1:1"))),
              Duration.ofSeconds(20));

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(25));
      assertThat(failed(checked, "outputs.dropped"))
          .isEqualTo(
              "tcp: %s does not answer; a firewall or a route drops what is sent there"
                  .formatted(dropping));
      assertThat(failed(checked, "outputs.silent"))
          .startsWith("kafka: " + nobody + " accepts connections and does not answer;");
      assertThat(failed(checked, "outputs.silent_tls"))
          .startsWith("vault: " + hanging.url() + " did not respond in time");
      assertThat(failed(checked, "outputs.unroutable")).startsWith("tcp: ").contains(UNROUTABLE);
      assertThat(failed(checked, "outputs.nameless"))
          .isEqualTo(
              "dns: the name 'no-such-host.invalid' does not resolve from here; correct it, or this machine's DNS");
      assertThat(failed(checked, "outputs.closed"))
          .startsWith("tcp: 127.0.0.1:1 refuses connections");
      checked
          .steps()
          .values()
          .forEach(
              steps ->
                  assertThat(steps)
                      .filteredOn(step -> step.name().equals("topic"))
                      .extracting(Step::outcome)
                      .containsExactly(Outcome.NOT_TRIED));
    }
  }

  @Test
  void whatDoesNotEndIsGivenUpWhenTheTimeForAllIsOver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Checked checked =
          Checked.of(
              List.of(Checked.target("outputs.o", options("localhost:" + silent.getLocalPort()))),
              Duration.ofMillis(500));

      assertThat(failed(checked, "outputs.o"))
          .endsWith("no answer before the time for the whole check was over");
    }
  }

  /** As many connections as wait to be accepted: the system drops whatever comes then. */
  private static void fill(ServerSocket full) throws IOException {
    for (int i = 0; i < 4; i++) {
      SocketChannel waiting = SocketChannel.open();
      waiting.configureBlocking(false);
      waiting.connect(full.getLocalSocketAddress());
    }
  }

  /** The first step that failed: its name and answer. */
  private static String failed(Checked checked, String path) {
    return checked.steps().get(path).stream()
        .filter(step -> step.outcome() == Outcome.FAILED)
        .map(step -> step.name() + ": " + step.answer())
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
