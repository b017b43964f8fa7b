package dev.outflow.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryChecksTest {
  private static final String USER = "user:secret-word";

  private HttpServer registry;

  @BeforeEach
  void start() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/subjects",
        exchange -> {
          String expected = "Basic " + Base64.getEncoder().encodeToString(USER.getBytes(UTF_8));
          boolean allowed = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(allowed ? 200 : 401, -1);
          exchange.close();
        });
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void connectsToARegistry() {
    StepReport step = ask(url(), USER);

    assertThat(step.outcome()).isEqualTo(Outcome.OK);
    assertThat(step.answer()).isEqualTo("connected to " + url());
  }

  @Test
  void resolvesReferencesAndUsesTheUserInTheUrl(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("url"), url());
    Files.writeString(folder.resolve("user"), USER);

    assertThat(ask("${dir:%s:url}".formatted(folder), "${dir:%s:user}".formatted(folder)))
        .extracting(StepReport::outcome, StepReport::answer)
        .containsExactly(Outcome.OK, "connected to " + url());
    assertThat(ask(url().replace("//", "//" + USER + "@"), null))
        .extracting(StepReport::outcome, StepReport::answer)
        .containsExactly(Outcome.OK, "connected to " + url());
  }

  @Test
  void reportsARejectedUserWithoutRevealingThePassword() {
    StepReport step = ask(url(), "user:wrong-word");

    assertThat(step.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(step.property()).isEqualTo("avro-confluent.basic-auth.user-info");
    assertThat(step.answer()).contains("HTTP 401").doesNotContain("wrong-word");
  }

  @Test
  void namesTheOptionWithTheCredentials() {
    String inUrl = url().replace("//", "//user:wrong-word@");

    assertThat(askAs(Map.of("avro-confluent.bearer-auth.token", "wrong-word")))
        .extracting(StepReport::property, StepReport::answer)
        .containsExactly(
            "avro-confluent.bearer-auth.token",
            url() + " rejected it (HTTP 401); correct it or its permissions");
    assertThat(askAs(Map.of("avro-confluent.url", inUrl)))
        .extracting(StepReport::property, StepReport::answer)
        .containsExactly(
            "avro-confluent.url",
            url()
                + " rejected the user in it (HTTP 401); correct it or the permissions of that user");
    assertThat(askAs(Map.of()))
        .extracting(StepReport::property, StepReport::answer)
        .containsExactly(
            "avro-confluent.url",
            url() + " requires authentication (HTTP 401); set avro-confluent.basic-auth.user-info");
  }

  @Test
  void reportsAnAddressWithoutARegistry() {
    assertThat(ask("http://127.0.0.1:1", USER).answer())
        .startsWith("no schema registry responded at http://127.0.0.1:1 (ConnectException)");
    assertThat(ask(url() + "/elsewhere", USER).answer()).contains("returned HTTP 404");
    assertThat(ask("not a url", USER).answer()).startsWith("is not a valid URL");
  }

  private String url() {
    return "http://127.0.0.1:" + registry.getAddress().getPort();
  }

  private StepReport ask(String url, String user) {
    return askAs(
        user == null
            ? Map.of("avro-confluent.url", url)
            : Map.of("avro-confluent.url", url, "avro-confluent.basic-auth.user-info", user));
  }

  private StepReport askAs(Map<String, String> written) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "bootstrap-servers",
                "localhost:9092",
                "topic",
                "t",
                "format",
                "avro-confluent",
                "avro-confluent.url",
                url()));
    options.putAll(written);
    KafkaTable table = RecordedCheck.output("outputs.o", options);
    List<StepReport> steps = new ArrayList<>();
    try (TimeBudget budget = new TimeBudget(Duration.ofSeconds(30))) {
      new RegistryChecks(new StepRunner(table, CheckScope.EVERYTHING, budget, steps::add), table)
          .run();
    }
    assertThat(steps).hasSize(1).allMatch(step -> step.step() == CheckStep.REGISTRY);
    return steps.get(0);
  }
}
