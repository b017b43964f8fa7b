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
