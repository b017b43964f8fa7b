package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Definitions with the input {@code orders} and the output {@code large}, which tests change and
 * compose; connects to no broker.
 *
 * @param folder where {@code job.yaml} is written
 */
public record OrdersJob(Path folder) {
  /** Lines 1 to 9. */
  public static final String INPUT =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP_LTZ(3) }
          event-time: { column: placed_at, out-of-order: 1500 ms }
      """;

  public static final String OUTPUT =
      """
      outputs:
        large:
          bootstrap-servers: localhost:1
          topic: large
          format: json
      """;

  /** More options of the output. */
  static final String UPSERT =
      """
          mode: upsert
          partition-key: order_id
      """;

  /** Returns a definition that writes the result of a query: input, line 10, output. */
  public static String job(String query) {
    return INPUT + large(query) + OUTPUT;
  }

  /** Returns the queries of a definition, in one line. */
  static String large(String query) {
    return "queries: { large: \"%s\" }\n".formatted(query);
  }

  public ComposedJob compose(String yaml) throws IOException {
    return Definitions.compose(Definitions.read(folder, yaml));
  }

  /** Asserts the beginning of the message, without the folder. */
  void assertProblem(String yaml, String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> compose(yaml))
        .withMessageStartingWith(folder + "/" + message);
  }

  /** Asserts all problems, without the file. */
  void assertProblems(String yaml, String... lines) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> compose(yaml))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(folder + "/job.yaml:", "").lines())
                    .containsExactly(lines));
  }
}
