package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretChecksTest {
  private static final String NAMESPACE = "my-namespace.servicebus.windows.net";

  @TempDir private Path folder;

  @Test
  void acceptsAConnectionString() throws IOException {
    assertThat(
            check(
                "Endpoint=sb://%s/;SharedAccessKeyName=send;SharedAccessKey=hunter2;EntityPath=orders\n"
                    .formatted(NAMESPACE)))
        .extracting(StepReport::outcome)
        .containsExactly(Outcome.OK);
  }

  @Test
  void reportsEveryMistakeInAConnectionStringWithoutRevealingTheKey() throws IOException {
    List<StepReport> reports =
        check("Endpoint=sb://other.servicebus.windows.net/;SharedAccessKey=hunter2;EntityPath=b");

    assertThat(reports)
        .extracting(StepReport::outcome, StepReport::property, StepReport::answer)
        .containsExactly(
            failure(
                "the connection string has no SharedAccessKeyName; copy all of it from the shared access policy"),
            failure(
                "the connection string is for other.servicebus.windows.net, but 'bootstrap-servers' is my-namespace.servicebus.windows.net; use a connection string of this namespace"),
            failure(
                "the connection string is valid only for event hub 'b' (EntityPath), but 'outputs.out.topic' is 'orders'; use a connection string of the namespace, or of that event hub"));
    assertThat(reports.toString()).doesNotContain("hunter2");
  }

  private static Tuple failure(String answer) {
    return tuple(Outcome.FAILED, "password", answer);
  }

  private List<StepReport> check(String connectionString) throws IOException {
    Files.writeString(folder.resolve("connection"), connectionString);
    KafkaTable table =
        RecordedCheck.output(
            "outputs.out",
            Map.of(
                "bootstrap-servers",
                NAMESPACE + ":9093",
                "topic",
                "orders",
                "format",
                "json",
                "security-protocol",
                "sasl_ssl",
                "username",
                "$ConnectionString",
                "password",
                "${dir:%s:connection}".formatted(folder)));
    List<StepReport> reports = new ArrayList<>();
    try (TimeBudget budget = new TimeBudget(Duration.ofMinutes(1))) {
      StepRunner steps = new StepRunner(table, CheckScope.EVERYTHING, budget, reports::add);
      SecretChecks.of(steps, List.of(table)).run();
    }
    return reports;
  }
}
