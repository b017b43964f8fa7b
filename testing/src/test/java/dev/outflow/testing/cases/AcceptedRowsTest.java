package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedRowsTest {
  @Test
  void keepsLinesThatStillMatchAndTheirOrder() {
    assertThat(AcceptedRows.inAnyOrder(written("z", "b", "b", "gone"), rows("b", "z", "b")))
        .containsExactly("as written: z", "as written: b", "as written: b");
  }

  @Test
  void insertsNewRowsByTheirText() {
    assertThat(AcceptedRows.inAnyOrder(written("b", "d"), rows("e", "d", "a", "c", "b", "b")))
        .containsExactly(
            line("a"), "as written: b", line("b"), line("c"), "as written: d", line("e"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void doesNotDependOnTheOrderOfArrival(long seed) {
    List<JsonNode> arriving = new ArrayList<>(rows("q", "b", "z", "a", "m", "a", "x"));
    List<String> expected = AcceptedRows.inAnyOrder(written("m", "q", "a", "n"), arriving);

    Collections.shuffle(arriving, new Random(seed));

    assertThat(AcceptedRows.inAnyOrder(written("m", "q", "a", "n"), arriving)).isEqualTo(expected);
  }

  @Test
  void followsTheOrderOfArrivalIfItMatters() {
    assertThat(AcceptedRows.inOrder(written("a", "b", "c"), rows("c", "a", "d", "a")))
        .containsExactly("as written: c", "as written: a", line("d"), line("a"));
  }

  private static List<AcceptedRows.Line> written(String... names) {
    return rows(names).stream()
        .map(row -> new AcceptedRows.Line("as written: " + row.get("name").asText(), row))
        .toList();
  }

  private static String line(String name) {
    return "{\"name\":\"%s\"}".formatted(name);
  }

  private static List<JsonNode> rows(String... names) {
    return Stream.of(names)
        .map(name -> (JsonNode) JsonNodeFactory.instance.objectNode().put("name", name))
        .toList();
  }
}
