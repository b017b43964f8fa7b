package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.job.Definitions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets a savepoint find its operators again. */
class StablePlanTest {
  private static final String JOB =
      """
      name: test
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: localhost:1
          topic: orders
          format: json
          columns: { city: STRING, amount: INT, placed_at: TIMESTAMP_LTZ(3) }
          event-time: { column: placed_at }
      queries:
        %s
        revenue: >
          SELECT city, SUM(amount) AS amount, window_end
          FROM TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' MINUTE)
          %s
          GROUP BY city, window_start, window_end
      outputs:
        revenue: { bootstrap-servers: "localhost:1", topic: revenue, format: json }
        %s
      """;

  @TempDir private Path folder;

  @Test
  void theSameJobHasTheSameIdsThoughFlinkCountsOn() throws Exception {
    assertThat(ids(JOB.formatted("", "", ""))).isEqualTo(ids(JOB.formatted("", "", "")));
  }

  @Test
  void anAddedOutputAndAnAddedFilterLeaveTheIdsOfTheOthersAlone() throws Exception {
    Map<String, Integer> before = ids(JOB.formatted("", "", ""));
    Map<String, Integer> after =
        ids(
            JOB.formatted(
                "large: SELECT * FROM orders WHERE amount > 5",
                "WHERE amount > 0",
                "large: { bootstrap-servers: \"localhost:2\", topic: large, format: csv }"));

    assertThat(before).containsKey("stream-exec-global-window-aggregate_1");
    assertThat(after).hasSizeGreaterThan(before.size());
    before.forEach(
        (operator, id) -> {
          if (!operator.startsWith("stream-exec-calc")) { // They keep no state.
            assertThat(after).as(operator).containsValue(id);
          }
        });
  }

  @Test
  void whetherBadRecordsAreKeptLeavesTheInputItsOffsetsAndTheWindowItsState() throws Exception {
    String kept =
        JOB.replace(
            "    columns: {",
            "    on-error: dead-letter\n    dead-letter-topic: bad\n    columns: {");
    Map<String, Integer> before = ids(JOB.formatted("", "", ""));
    Map<String, Integer> after = ids(kept.formatted("", "", ""));

    assertThat(
            Definitions.compose(Definitions.read(folder, kept.formatted("", "", ""))).operators())
        .contains("orders", "orders dead letters", "revenue");
    assertThat(after.keySet().stream().filter(it -> it.contains("table-source-scan")))
        .as("the topic is read once")
        .hasSize(1);
    before.forEach(
        (operator, id) -> {
          if (!operator.startsWith("stream-exec-calc")) {
            assertThat(after).as(operator).containsValue(id);
          }
        });
  }

  @Test
  void edgesLeadToTheNewIds() throws Exception {
    JsonNode plan = plan(JOB.formatted("", "", ""));
    Set<Integer> nodes = new HashSet<>();
    plan.get("nodes").forEach(node -> nodes.add(node.get("id").asInt()));

    assertThat(nodes).hasSize(plan.get("nodes").size());
    assertThat(plan.get("edges"))
        .isNotEmpty()
        .allSatisfy(
            edge ->
                assertThat(nodes).contains(edge.get("source").asInt(), edge.get("target").asInt()));
  }

  private Map<String, Integer> ids(String yaml) throws Exception {
    Map<String, Integer> ids = new TreeMap<>();
    plan(yaml)
        .get("nodes")
        .forEach(
            node -> {
              String type = node.get("type").asText();
              while (ids.containsKey(type)) {
                type += "'";
              }
              ids.put(type, node.get("id").asInt());
            });
    return ids;
  }

  private JsonNode plan(String yaml) throws Exception {
    ComposedJob job = Definitions.compose(Definitions.read(folder, yaml));
    String plan = StablePlan.of(job.statements().compilePlan().asJsonString());
    return new ObjectMapper().readTree(plan);
  }
}
