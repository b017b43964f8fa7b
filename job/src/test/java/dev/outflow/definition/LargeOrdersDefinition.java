package dev.outflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with a query file and, once written, the definition that refers to it.
 *
 * @param folder contains {@code job.yaml} and {@code queries/large_orders.sql}
 */
record LargeOrdersDefinition(Path folder) {
  /** A valid definition with each kind of property. */
  static final String GOOD =
      """
      name: large-orders
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: a:9092,b:9092
          topic: orders
          format: json
          json: { ignore-parse-errors: true }
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP(3) }
          event-time: { column: placed_at, out-of-order: 5 s }
      queries:
        small: SELECT 1;
        large_orders: queries/large_orders.sql
      outputs:
        large_orders:
          bootstrap-servers: c:9092
          topic: large
          format: json
          partition-key: [order_id, amount]
          kafka: { linger.ms: 5, batch: { size: 10 } }
      flink: { execution.checkpointing.interval: 10 s }
      """;

  /** Writes the query file. */
  static LargeOrdersDefinition in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("queries"));
    Files.writeString(
        folder.resolve("queries/large_orders.sql"), "SELECT * FROM orders, small\n;\n");
    return new LargeOrdersDefinition(folder);
  }

  /** Returns the path of the definition. */
  String file() {
    return folder.resolve("job.yaml").toString();
  }

  String write(String yaml) throws IOException {
    Files.writeString(folder.resolve("job.yaml"), yaml);
    return file();
  }

  JobDefinition read(String yaml, String... sets) throws IOException {
    return DefinitionReader.read(DefinitionSource.of(write(yaml)).with(List.of(sets)));
  }

  /** Asserts all problems; {@code FILE} stands for the path of the definition. */
  void assertProblems(String yaml, List<String> sets, String... lines) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> read(yaml, sets.toArray(String[]::new)))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(file(), "FILE").split("\n", -1))
                    .containsExactly(lines))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  /** Asserts the only problem of the definition that is written. */
  void assertUnreadable(String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> DefinitionReader.read(DefinitionSource.of(file())))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .extracting(Problem::message)
                    .isEqualTo(message));
  }
}
