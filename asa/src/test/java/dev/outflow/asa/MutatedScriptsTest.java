package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.ScriptParser;
import dev.outflow.asa.translation.KnownInput;
import dev.outflow.asa.translation.KnownOutput;
import dev.outflow.asa.translation.ScriptTranslator;
import dev.outflow.asa.translation.Translation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a script contains, it is translated or reported. */
class MutatedScriptsTest {
  private static final List<String> SCRIPTS =
      List.of(
          """
          WITH s AS (SELECT a.b.c, [d e] AS f, System.Timestamp() t FROM i TIMESTAMP BY x PARTITION BY p)
          SELECT f, COUNT(*) AS n, AVG(c) INTO o FROM s GROUP BY f, TumblingWindow(Duration(second, 10), Offset(ms, 5)) HAVING n > 1;
          SELECT * FROM s WHERE NOT f IN ('a', "b") AND c BETWEEN 1 AND 2.5e3 OR t IS NOT NULL
          """,
          """
          CREATE TABLE i (a bigint, b nvarchar(max), c array)
          SELECT x = LAG(a) OVER (PARTITION BY b LIMIT DURATION(minute, 5) WHEN a > 1), CAST(b AS float) -- comment
          INTO o FROM i /* more */ JOIN j ON DATEDIFF(second, i, j) BETWEEN -1 AND 10 AND i.a = j.a
          UNION SELECT a, CASE a WHEN 1 THEN 'x' ELSE 'y' END z FROM j
          """,
          """
          SELECT e.ArrayValue.q, GetArrayElement(r.s, 1), DATEADD(hour, -1, t), udf.f(z), r.*
          FROM i CROSS APPLY GetArrayElements(r.s) AS e
          SELECT COUNT(DISTINCT a), MAX(b) FROM i GROUP BY SlidingWindow(second, 3), k
          SELECT SUM(v) OVER (LIMIT DURATION(day, 1)) FROM (SELECT v FROM j) q WHERE v LIKE '%x' ESCAPE '!'
          """,
          """
          SELECT * FROM i TIMESTAMP BY t MATCH_RECOGNIZE (LIMIT DURATION(minute, 1) PARTITION BY k
            MEASURES LAST(a.v) AS v, CLASSIFIER() AS c AFTER MATCH SKIP TO NEXT ROW
            PATTERN (a+ . (b | c){1,3} d?) DEFINE a AS a.v > 1, b AS MAX(b.v) > 2 * MIN(a.v)) AS m
          SELECT TopOne(v) OVER (ORDER BY t DESC), uda.u(v) FROM j GROUP BY SlidingWindow(second, 3)
          SELECT COUNT(*) FROM i GROUP BY SessionWindow(Timeout(minute, 1), MaxDuration(hour, 1)) OVER (PARTITION BY k)
          SELECT ST_WITHIN(p, CreatePolygon(q, q, q, q)), LAG(*) OVER (LIMIT DURATION(day, 1)), q.PropertyValue
          FROM i JOIN r ON i.k = r.k CROSS APPLY GetRecordProperties(i.o) AS q WHERE GetType(v) = 'bigint'
          """);
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          ",",
          ".",
          "*",
          "'",
          "[",
          "]",
          "\"",
          " SELECT ",
          " FROM ",
          " OVER (",
          " AS ",
          " NOT ",
          " CASE ",
          " UNION ",
          " WITH ",
          " NULL ",
          "0",
          "-",
          "/*",
          "--",
          "\n",
          " JOIN ",
          "\u0000",
          "é",
          "{2,",
          "|",
          "=");
  private static final int COUNT = 10_000;

  @Test
  void neitherFailsNorHangs() {
    Random random = new Random(20261129);
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int i = 0; i < COUNT; i++) {
            String script = mutated(SCRIPTS.get(i % SCRIPTS.size()), random);
            Script parsed = ScriptParser.parse(script);
            Translation translation =
                ScriptTranslator.translate(
                    parsed,
                    "script.asaql",
                    List.of(new KnownInput("i", false, true, Optional.empty())),
                    List.of(),
                    List.of(new KnownOutput("o", true)),
                    true,
                    Map.of());
            boolean explained =
                translation.translated() == translation.statements()
                    || translation.findings().stream()
                        .anyMatch(finding -> finding.kind().toString().equals("missing"));
            assertThat(explained).as(script).isTrue();
          }
        });
  }

  private static String mutated(String script, Random random) {
    StringBuilder text = new StringBuilder(script);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> {
          int from = random.nextInt(text.length() + 1);
          text.insert(at, text.substring(from, Math.min(text.length(), from + random.nextInt(40))));
        }
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
