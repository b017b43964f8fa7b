package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.rows.InputFile;
import dev.outflow.testing.rows.InputRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class JobCasesTest {
  private static final Path CONF = Path.of("..", "conf");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> passesTheTestCasesOfTheShippedJob() {
    return JobCases.in(CONF.resolve("tests"));
  }

  @Test
  void failsWithTheDifference() throws IOException {
    Files.writeString(
        folder.resolve("orders.jsonl"),
        "{\"order_id\": \"a\", \"placed_at\": \"2026-11-24T10:00:00Z\"}\n");
    Files.writeString(
        folder.resolve("test.yaml"),
        "job: %s\noutputs: large_orders\nset: queries.large_orders=SELECT order_id, '' AS note FROM orders\n"
            .formatted(CONF.resolve("job.yaml").toAbsolutePath()));
    Files.createDirectory(folder.resolve("expected"));
    Files.writeString(
        folder.resolve("expected/large_orders.jsonl"), "{\"order_id\": \"b\", \"note\": \"\"}\n");

    List<DynamicTest> tests = JobCases.in(folder).toList();

    assertThat(tests).extracting(DynamicTest::getDisplayName).containsExactly(folder.toString());
    assertThatThrownBy(() -> tests.get(0).getExecutable().execute())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            %s
            large_orders: expected 1 row, got 1
              - {"order_id":"b","note":""}
              + {"order_id":"a","note":""}
                order_id: expected "b", got "a\""""
                .formatted(folder));
  }

  @Test
  void comparesTheTableOfUpsertsWithoutRowsThatLackAKey() throws IOException {
    Files.writeString(
        folder.resolve("orders.jsonl"),
        """
        {"order_id": "a", "city": "Bern", "status": "placed", "changed_at": "2026-11-24T10:00:00Z"}
        {"order_id": "b", "status": "placed", "changed_at": "2026-11-24T10:00:01Z"}
        {"order_id": "a", "city": "Basel", "status": "shipped", "changed_at": "2026-11-24T10:00:02Z"}
        """);
    String settings =
        """
        job: %s
        outputs: last_status
        set:
          - "queries.last_status=SELECT city, order_id FROM orders"
          - outputs.last_status.partition-key=city
          - outputs.last_status.on-error=%s
        """;
    Path job = CONF.resolve("tests/updates/job.yaml").toAbsolutePath();
    Files.createDirectories(folder.resolve("expected"));
    Files.writeString(
        folder.resolve("expected/last_status.jsonl"),
        "{\"city\": \"Basel\", \"order_id\": \"a\"}\n{\"city\": \"Bern\", \"order_id\": \"a\"}\n");
    String problem =
        "output 'last_status': OutputDataConversionError.RequiredColumnMissing: column 'city' is null, but is part of the key; ";

    Files.writeString(folder.resolve("test.yaml"), settings.formatted(job, "drop"));
    CaseResult dropped = CaseReader.read(List.of(folder)).get(0).run();
    Files.writeString(folder.resolve("test.yaml"), settings.formatted(job, "fail"));
    CaseResult failed = CaseReader.read(List.of(folder)).get(0).run();

    assertThat(dropped.explanation()).isEmpty();
    assertThat(dropped.notes()).containsExactly(problem + "drop");
    assertThat(failed.explanation()).containsExactly(problem + "fail");
  }

  @Test
  void restoresTheEarlierRowOfAKeyAsTheJobDoes() throws IOException {
    Files.writeString(
        folder.resolve("orders.jsonl"),
        """
        {"order_id": "a", "city": "Bern", "status": "placed", "changed_at": "2026-11-24T10:00:00Z"}
        {"order_id": "b", "city": "Bern", "status": "placed", "changed_at": "2026-11-24T10:00:01Z"}
        {"order_id": "b", "city": "Bern", "status": "shipped", "changed_at": "2026-11-24T10:00:02Z"}
        """);
    Files.writeString(
        folder.resolve("test.yaml"),
        """
        job: %s
        outputs: open_orders
        set:
          - "queries.open_orders=SELECT order_id, city FROM orders GROUP BY order_id, city HAVING COUNT(*) = 1"
          - outputs.open_orders.on-conflict=deduplicate
        """
            .formatted(CONF.resolve("tests/updates/job.yaml").toAbsolutePath()));
    Files.createDirectories(folder.resolve("expected"));
    Files.writeString(
        folder.resolve("expected/open_orders.jsonl"),
        "{\"order_id\": \"a\", \"city\": \"Bern\"}\n");

    assertThat(CaseReader.read(List.of(folder)).get(0).run().explanation()).isEmpty();
  }

  @Test
  void failsOnlyTheTestCaseThatCannotBeRun() {
    PlannedJob job = PlannedJob.read(CONF.resolve("job.yaml").toString(), List.of());
    Map<String, InputFile.Content> unfit =
        Map.of("orders", new InputFile.Content(new InputRows.Given(List.of(Row.of(1))), List.of()));

    CaseResult result = new JobCase(folder, job, unfit, Map.of(), Map.of(), false).run();

    assertThat(result.isPassed()).isFalse();
    assertThat(result.explanation())
        .singleElement()
        .asString()
        .startsWith(
            "the test case cannot be run: java.lang.IllegalArgumentException: input 'orders', row 1 has 1 values");
  }
}
