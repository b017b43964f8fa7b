package dev.outflow.transformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.job.Definitions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedWordTest {
  private static final String INPUT =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)" }
      """;

  private static final String OUTPUT =
      """
      outputs:
        large: { bootstrap-servers: localhost:1, topic: large, format: json }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abs",
        "date",
        "end",
        "group",
        "interval",
        "order",
        "rank",
        "ref",
        "rows",
        "time",
        "timestamp",
        "value",
        "year"
      })
  void namesReservedWordsWhereverTheyAreUsedAsNames(String word) {
    String yaml =
        INPUT.replace("order_id: STRING", word + ": STRING")
            + "queries: { large: \"SELECT amount, orders.%1$s, LOWER(%1$s) AS low FROM orders WHERE %1$s > 'a'\" }\n"
                .formatted(word)
            + OUTPUT;
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Definitions.compose(Definitions.read(folder, yaml)))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .hasSize(3)
                    .allSatisfy(
                        line ->
                            assertThat(line).contains("'%s' is a reserved word".formatted(word))));
  }
}
