package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutputDifferenceTest {
  @Test
  void ignoresOrderButCountsDuplicates() {
    assertThat(OutputDifference.inAnyOrder(rows("a", "b", "a"), rows("b", "a", "a")).isNone())
        .isTrue();
    assertThat(OutputDifference.inAnyOrder(rows("a", "b", "a"), rows("b", "a", "b")).lines())
        .containsExactly("- {\"name\":\"a\"}", "+ {\"name\":\"b\"}");
  }

  @Test
  void showsMisplacedRowsWhenOrderMatters() {
    assertThat(OutputDifference.inOrder(rows("a", "b", "c"), rows("a", "b", "c")).isNone())
        .isTrue();
    assertThat(OutputDifference.inOrder(rows("a", "b", "c"), rows("b", "a", "c")).isNone())
        .isFalse();
    assertThat(OutputDifference.inOrder(rows("a", "b", "c"), rows("a", "x", "b", "c")).lines())
        .containsExactly("+ {\"name\":\"x\"}");
  }

  private static List<JsonNode> rows(String... names) {
    return Stream.of(names)
        .map(name -> (JsonNode) JsonNodeFactory.instance.objectNode().put("name", name))
        .toList();
  }
}
