package dev.outflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.testing.rows.InputRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** The queries of the documentation that convert times, as printed there. */
class DocumentedTimesTest {
  private static final Schema ORDERS =
      Schema.newBuilder()
          .column("order_id", "STRING")
          .column("placed_at", "TIMESTAMP_LTZ(3)")
          .watermark("placed_at", "placed_at")
          .build();

  @Test
  void windowEndIsWrittenWithItsZoneAsAzureDoes() throws IOException {
    assertThat(run(query("migrate.md", "window_end AS TIMESTAMP_LTZ")))
        .containsExactly(
            Row.of(Instant.parse("2026-11-24T10:00:10Z"), "2026-11-24T10:00:10.0000000Z", 1L));
  }

  @Test
  void timesAreConvertedToLocalTime() throws IOException {
    assertThat(run(query("transform.md", "CONVERT_TZ")))
        .containsExactly(Row.of("a", "2026-11-24 11:00:05"));
  }

  private static List<Row> run(String query) {
    Row order = Row.of("a", Instant.parse("2026-11-24T10:00:05Z"));
    return new JobRun(
            Map.of("orders", ORDERS),
            Map.of("orders", new InputRows.Given(List.of(order))),
            Map.of())
        .of(tables -> Map.of("o", tables.sqlQuery(query)))
        .outputs()
        .get("o");
  }

  /** Returns the page's only block of SQL that contains a text. */
  private static String query(String page, String text) throws IOException {
    List<String> blocks =
        Pattern.compile("(?s)```sql\n(.*?)```")
            .matcher(Files.readString(Path.of("../docs", page)))
            .results()
            .map((MatchResult block) -> block.group(1))
            .filter(block -> block.contains(text))
            .toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }
}
