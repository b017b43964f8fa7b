package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.job.Definitions;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints can be restored only if operators keep their ids. */
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
        largest: >
          SELECT city, MAX(amount) AS amount, window_end
          FROM TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' MINUTE)
          GROUP BY city, window_start, window_end
      outputs:
        revenue: { bootstrap-servers: "localhost:1", topic: revenue, format: json }
        largest: { bootstrap-servers: "localhost:1", topic: largest, format: json }
        %s
      """;

  private static final String TYPE = "stream-exec-";

  @TempDir private Path folder;

  @Test
  void assignsTheSameIdsWhenTheSameJobIsPlannedAgain() throws Exception {
    assertThat(ids(JOB.formatted("", "", ""))).isEqualTo(ids(JOB.formatted("", "", "")));
  }

  @Test
  void keepsIdsWhenAnOutputAndAFilterAreAdded() throws Exception {
    Map<String, Integer> before = ids(JOB.formatted("", "", ""));
    Map<String, Integer> after =
        ids(
            JOB.formatted(
                "large: SELECT * FROM orders WHERE amount > 5",
                "WHERE amount > 0",
                "large: { bootstrap-servers: \"localhost:2\", topic: large, format: csv }"));

    assertThat(before)
        .containsKeys(
            "revenue/global-window-aggregate_1", "largest/global-window-aggregate_1", "orders");
    assertThat(after).containsKey("large").containsAllEntriesOf(before);
  }

  @Test
  void keepsIdsWhenAnInputGetsADeadLetterTopic() throws Exception {
    String deadLetters =
        JOB.replace(
                "    columns: {",
                "    on-error: dead-letter\n    dead-letter-topic: bad\n    columns: {")
            .formatted("", "", "");

    assertThat(ids(deadLetters)).containsAllEntriesOf(ids(JOB.formatted("", "", "")));
    assertThat(Definitions.compose(Definitions.read(folder, deadLetters)).operators())
        .contains("orders dead letters", "revenue")
        .containsOnlyOnce("orders"); // Flink reads the topic once for both.
  }

  @Test
  void idsOfTableFunctionsDependOnTheirCall() throws Exception {
    String function =
        "%s: SELECT city, earlier_row.amount FROM EARLIER_ROW(input => TABLE orders PARTITION BY %s"
            + " ORDER BY placed_at, limit_duration => INTERVAL '5' MINUTE,"
            + " on_time => DESCRIPTOR(placed_at), uid => 'before')";
    String output = "before: { bootstrap-servers: \"localhost:2\", topic: before, format: json }";
    String byCity = JOB.formatted(function.formatted("before", "city"), "", output);

    assertThat(uid(byCity)).startsWith("before-").isEqualTo(uid(byCity));
    assertThat(uid(byCity))
        .isEqualTo(uid(JOB.formatted(function.formatted("before", "city"), "WHERE TRUE", output)))
        .isNotEqualTo(uid(JOB.formatted(function.formatted("before", "amount"), "", output)));
  }

  private String uid(String yaml) throws Exception {
    return plan(yaml).findValue("uid").asText();
  }

  @Test
  void keepsIdsWhenAnOutputWritesUpserts() throws Exception {
    String upserts =
        JOB.replace("topic: largest,", "topic: largest, mode: upsert, partition-key: city,")
            .formatted("", "", "");

    assertThat(ids(upserts)).isEqualTo(ids(JOB.formatted("", "", "")));
  }

  @Test
  void idOfAnOutputThatKeepsTheRowsOfAKeyDependsOnTheKey() throws Exception {
    String query = "last: SELECT city, amount, COUNT(*) AS n FROM orders GROUP BY city, amount";
    String output =
        "last: { bootstrap-servers: \"localhost:2\", topic: last, format: json, mode: upsert,"
            + " partition-key: %s, on-conflict: %s }";
    Map<String, Integer> last =
        ids(JOB.formatted(query, "", output.formatted("city", "deduplicate")));

    assertThat(last)
        .isEqualTo(ids(JOB.formatted(query, "", output.formatted("city", "deduplicate"))));
    for (String other :
        List.of(output.formatted("n", "deduplicate"), output.formatted("city", "nothing"))) {
      Map<String, Integer> changed = ids(JOB.formatted(query, "", other));
      assertThat(changed.get("last")).isNotEqualTo(last.get("last"));
      assertThat(changed.get("last/group-aggregate_1"))
          .isEqualTo(last.get("last/group-aggregate_1"));
    }
  }

  @Test
  void edgesConnectTheNewIds() throws Exception {
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

  /**
   * Returns the ids of all operators but calcs, which are stateless: of inputs and outputs by the
   * name of the table, and of others by the output that they lead to and their type.
   */
  private Map<String, Integer> ids(String yaml) throws Exception {
    JsonNode plan = plan(yaml);
    Map<String, Integer> ids = new TreeMap<>();
    for (JsonNode node : plan.get("nodes")) {
      if (node.has("dynamicTableSink")) {
        collect(node, table(node), plan, ids);
      }
    }
    return ids;
  }

  private static void collect(
      JsonNode node, String output, JsonNode plan, Map<String, Integer> ids) {
    int id = node.get("id").asInt();
    String type = node.get("type").asText().replace(TYPE, "");
    String operator = table(node).isEmpty() ? output + "/" + type : table(node);
    if (!type.startsWith("calc")) {
      assertThat(ids.put(operator, id)).as("the other id of %s", operator).isIn(null, id);
    }
    for (JsonNode edge : plan.get("edges")) {
      for (JsonNode input : plan.get("nodes")) {
        if (edge.get("target").asInt() == id && edge.get("source").equals(input.get("id"))) {
          collect(input, output, plan, ids);
        }
      }
    }
  }

  /** Returns the input or output of a source or sink; empty for other operators. */
  private static String table(JsonNode node) {
    String path = node.has("dynamicTableSink") ? "/dynamicTableSink" : "/scanTableSource";
    return node.at(path + "/table/identifier")
        .asText()
        .replaceAll(".*\\.|`", "")
        .replace(KafkaInputTableFactory.RECORDS, "");
  }

  private JsonNode plan(String yaml) throws Exception {
    ComposedJob job = Definitions.compose(Definitions.read(folder, yaml));
    return new ObjectMapper().readTree(job.plan().json().orElseThrow());
  }
}
