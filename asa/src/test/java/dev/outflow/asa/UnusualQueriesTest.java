package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that are valid but seldom written as they are here give ASA's results. */
class UnusualQueriesTest {
  private static final String READINGS =
      """
      {"device":"a","v":1,"f":1.5,"time":"2023-01-01T00:00:01Z"}
      {"device":"a","v":3,"f":2.5,"time":"2023-01-01T00:00:05Z"}
      {"device":"b","v":-7,"f":-2.5,"time":"2023-01-01T00:00:05Z"}
      {"device":"a","v":4,"f":4.5,"time":"2023-01-01T00:00:12Z"}
      """;

  @TempDir private Path folder;

  @Test
  void havingNamesAResultThatHasTheNameOfItsColumn() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT device, SUM(v) AS v INTO sums FROM readings TIMESTAMP BY time
            GROUP BY device, TumblingWindow(second, 10) HAVING v > 3 AND MAX(v) > 2

            SELECT UPPER(device) AS device, COUNT(*) AS n INTO names FROM readings TIMESTAMP BY time
            GROUP BY UPPER(device), TumblingWindow(minute, 1) HAVING device = 'A'

            SELECT MAX(v) AS v, System.Timestamp() AS t INTO sliding FROM readings TIMESTAMP BY time
            GROUP BY SlidingWindow(second, 2) HAVING v > 3
            """,
            Map.of("readings", READINGS))
        .writes(
            Map.of(
                "sums",
                """
                {"device":"a","v":4}
                {"device":"a","v":4}
                """,
                "names",
                """
                {"device":"A","n":3}
                """,
                "sliding",
                """
                {"v":4,"t":"2023-01-01T00:00:12Z"}
                """));
  }

  @Test
  void joinsMeetAllBoundsOfTheirTime() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT a.v, b.v AS w INTO pairs FROM readings a TIMESTAMP BY time
            JOIN readings b TIMESTAMP BY time ON a.device = b.device
              AND DATEDIFF(second, a, b) >= 5 AND DATEDIFF(second, a, b) BETWEEN 0 AND 20
              AND DATEDIFF(second, a, b) <= 9 AND DATEDIFF(second, a, b) < 30
            """,
            Map.of("readings", READINGS))
        .writes(Map.of("pairs", "{\"v\":3,\"w\":4}\n"));
  }

  @Test
  void aRowWithoutAMatchIsNotEarlierThanItsEvent() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT a.v, b.v AS w, System.Timestamp() AS t INTO earlier FROM readings a TIMESTAMP BY time
            LEFT JOIN readings b TIMESTAMP BY time ON a.device = b.device
              AND DATEDIFF(second, a, b) BETWEEN -5 AND -1
            SELECT a.v, b.v AS w, System.Timestamp() AS t INTO later FROM readings a TIMESTAMP BY time
            LEFT JOIN readings b TIMESTAMP BY time ON a.device = b.device
              AND DATEDIFF(second, b, a) BETWEEN -5 AND -1
            """,
            Map.of("readings", READINGS))
        .writes(
            Map.of(
                "earlier",
                """
                {"v":1,"w":null,"t":"2023-01-01T00:00:01Z"}
                {"v":3,"w":1,"t":"2023-01-01T00:00:05Z"}
                {"v":-7,"w":null,"t":"2023-01-01T00:00:05Z"}
                {"v":4,"w":null,"t":"2023-01-01T00:00:12Z"}
                """,
                "later",
                """
                {"v":1,"w":3,"t":"2023-01-01T00:00:05Z"}
                {"v":3,"w":null,"t":"2023-01-01T00:00:10Z"}
                {"v":-7,"w":null,"t":"2023-01-01T00:00:10Z"}
                {"v":4,"w":null,"t":"2023-01-01T00:00:17Z"}
                """));
  }

  /** Views add columns with names of their own to those of the input. */
  @Test
  void inputsHaveColumnsWithTheNamesOfThoseThatViewsAdd() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT over_1, COUNT(*) OVER (LIMIT DURATION(minute, 1)) AS n INTO counts FROM named TIMESTAMP BY event_time
            SELECT partition_key, LAG(v) OVER (PARTITION BY UPPER(device) LIMIT DURATION(minute, 1) WHEN v > 0) AS before
            INTO earlier FROM named TIMESTAMP BY event_time
            SELECT device, MIN(event_time) AS first, COUNT(*) AS n, System.Timestamp() AS t INTO sessions
            FROM named TIMESTAMP BY DATEADD(second, 1, event_time) GROUP BY device, SessionWindow(second, 5, 60)
            """,
            Map.of(
                "named",
                """
                {"device":"a","v":1,"over_1":11,"partition_key":"p1","event_time":"2023-01-01T00:00:01Z"}
                {"device":"A","v":2,"over_1":12,"partition_key":"p2","event_time":"2023-01-01T00:00:03Z"}
                """))
        .writes(
            Map.of(
                "counts",
                """
                {"over_1":11,"n":1}
                {"over_1":12,"n":2}
                """,
                "earlier",
                """
                {"partition_key":"p1","before":null}
                {"partition_key":"p2","before":1}
                """,
                "sessions",
                """
                {"device":"a","first":"2023-01-01T00:00:01Z","n":1,"t":"2023-01-01T00:00:09Z"}
                {"device":"A","first":"2023-01-01T00:00:03Z","n":1,"t":"2023-01-01T00:00:09Z"}
                """));
  }

  @Test
  void addsMoreSecondsThanAnIntHolds() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT DATEADD(second, ticks / 10000000, '0001-01-01T00:00:00Z') AS ofTicks,
              DATEADD(minute, ticks / 600000000, '0001-01-01T00:00:00Z') AS minutes,
              DATEADD(hour, n, time) AS h, DATEADD(day, LEN(name), time) AS d, DATEADD(dayofyear, n - 1, time) AS none
            INTO times FROM clocks
            """,
            Map.of(
                "clocks",
                """
                {"ticks":638081280610000000,"n":1,"name":"abcdefghijabcdefghijabcdefghij","time":"2023-01-01T00:00:01Z"}
                """))
        .writes(
            Map.of(
                "times",
                """
                {"ofTicks":"2023-01-01T00:01:01Z","minutes":"2023-01-01T00:01:00Z","h":"2023-01-01T01:00:01Z","d":"2023-01-31T00:00:01Z","none":"2023-01-01T00:00:01Z"}
                """));
  }

  @Test
  void aggregatesTakeTheTimesOfEventsNotTheEndOfTheWindow() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT DATEDIFF(second, MIN(System.Timestamp()), MAX(System.Timestamp())) AS seconds,
              TopOne(v) OVER (ORDER BY System.Timestamp() DESC) AS latest, System.Timestamp() AS t
            INTO tumbling FROM readings TIMESTAMP BY time GROUP BY TumblingWindow(minute, 1)
            HAVING MIN(System.Timestamp()) < System.Timestamp()
            SELECT MAX(System.Timestamp()) AS latest, System.Timestamp() AS t
            INTO sessions FROM readings TIMESTAMP BY time GROUP BY SessionWindow(second, 5, 60)
            SELECT MIN(System.Timestamp()) AS earliest, System.Timestamp() AS t
            INTO sliding FROM readings TIMESTAMP BY time WHERE device = 'a' GROUP BY SlidingWindow(second, 6)
            """,
            Map.of("readings", READINGS));

    imported.writes(
        Map.of(
            "tumbling",
            """
            {"seconds":11,"latest":4,"t":"2023-01-01T00:01:00Z"}
            """,
            "sessions",
            """
            {"latest":"2023-01-01T00:00:05Z","t":"2023-01-01T00:00:10Z"}
            {"latest":"2023-01-01T00:00:12Z","t":"2023-01-01T00:00:17Z"}
            """,
            "sliding",
            """
            {"earliest":"2023-01-01T00:00:01Z","t":"2023-01-01T00:00:01Z"}
            {"earliest":"2023-01-01T00:00:01Z","t":"2023-01-01T00:00:05Z"}
            {"earliest":"2023-01-01T00:00:05Z","t":"2023-01-01T00:00:07Z"}
            {"earliest":"2023-01-01T00:00:12Z","t":"2023-01-01T00:00:12Z"}
            """));
    assertThat(imported.job().report().lines())
        .filteredOn(line -> line.contains("System.Timestamp() in an aggregate function"))
        .hasSize(1);
  }

  @Test
  void unnestsANullAmongRecords() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT o.id, i.ArrayIndex AS position, i.ArrayValue.name AS name INTO items
            FROM orders o CROSS APPLY GetArrayElements(o.items) AS i
            SELECT o.id, i.ArrayValue.price AS price INTO prices
            FROM orders o OUTER APPLY GetArrayElements(o.items) AS i
            """,
            Map.of(
                "orders",
                """
                {"id":1,"items":[{"name":"a","price":1.5},null,{"name":"b","price":null}]}
                {"id":2,"items":[null]}
                {"id":3,"items":null}
                """))
        .writes(
            Map.of(
                "items",
                """
                {"id":1,"position":0,"name":"a"}
                {"id":1,"position":1,"name":null}
                {"id":1,"position":2,"name":"b"}
                {"id":2,"position":0,"name":null}
                """,
                "prices",
                """
                {"id":1,"price":1.5}
                {"id":1,"price":null}
                {"id":1,"price":null}
                {"id":2,"price":null}
                {"id":3,"price":null}
                """));
  }

  @Test
  void reportsWhatTheDocumentationLeavesOpenAboutTextsAndNull() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT TRY_CAST(x AS bigint) AS whole, TRY_CAST(x AS bit) AS flag,
              CASE WHEN x NOT IN ('a', 'b') THEN 1 ELSE 0 END AS other, CASE WHEN x LIKE p THEN 1 ELSE 0 END AS alike
            INTO texts FROM words
            """,
            Map.of(
                "words",
                """
                {"x":"42.7","p":"4%"}
                {"x":"yes","p":"[y]es"}
                {"x":null,"p":"%"}
                """));

    imported.writes(
        Map.of(
            "texts",
            """
            {"whole":42,"flag":null,"other":1,"alike":1}
            {"whole":null,"flag":true,"other":1,"alike":0}
            {"whole":null,"flag":null,"other":0,"alike":0}
            """));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("decide   CAST of text to bigint truncates decimals"))
        .anyMatch(line -> line.contains("decide   CAST of text to bit accepts"))
        .anyMatch(line -> line.contains("decide   x NOT IN, x NOT LIKE and x NOT BETWEEN"))
        .anyMatch(line -> line.contains("differs  LIKE with a pattern from data"));
  }

  @Test
  void thePropertiesOfAWholeEventAreItsColumns() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT GetRecordPropertyValue(r, 'v') AS v, GetRecordPropertyValue(r, 'limits.high') AS high
            INTO named FROM readings r
            SELECT GetRecordPropertyValue(w, chosen) AS v INTO chosen FROM words w
            SELECT p.PropertyName AS name, p.PropertyValue AS v INTO properties
            FROM words w CROSS APPLY GetRecordProperties(w) AS p
            """,
            Map.of(
                "readings",
                "{\"v\":1,\"limits\":{\"high\":5}}\n",
                "words",
                "{\"x\":\"one\",\"y\":\"two\",\"chosen\":\"y\"}\n"))
        .writes(
            Map.of(
                "named",
                """
                {"v":1,"high":5}
                """,
                "chosen",
                """
                {"v":"two"}
                """,
                "properties",
                """
                {"name":"x","v":"one"}
                {"name":"y","v":"two"}
                {"name":"chosen","v":"y"}
                """));
  }

  @Test
  void literalsAreExactAndDoubleQuotesAreReportedWhereverTheyStand() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT "device" AS d, 9223372036854775807 - v AS big INTO literals FROM readings
            WHERE v = 1 AND DATEADD(day, 1, time) > "2023-01-01"
            """,
            Map.of("readings", READINGS));

    imported.writes(Map.of("literals", "{\"d\":\"device\",\"big\":9223372036854775806}\n"));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("decide   \"device\" in double quotes is taken as text"))
        .anyMatch(line -> line.contains("decide   \"2023-01-01\" in double quotes is taken as"));
  }

  @Test
  void aTimeThatIsTooLongLeavesOutItsStatementOnly() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT a.v INTO pairs FROM readings a TIMESTAMP BY time JOIN readings b TIMESTAMP BY time
              ON a.device = b.device AND DATEDIFF(day, a, b) BETWEEN 0 AND 999999999999999
            SELECT v INTO copies FROM readings WHERE v = 1
            """,
            Map.of("readings", READINGS));

    imported.writesAtLeast(Map.of("copies", "{\"v\":1}\n"));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("output pairs: is longer than 999 days"));
  }

  @Test
  void reportsDeviationsOfRowsThatEnterAndLeave() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT STDEV(x) AS d INTO windows FROM pressures TIMESTAMP BY time GROUP BY TumblingWindow(minute, 1)
            SELECT STDEV(x - 1000000000) OVER (LIMIT DURATION(minute, 1)) AS d INTO rows_of FROM pressures TIMESTAMP BY time
            """,
            Map.of(
                "pressures",
                """
                {"x":1000000000.5,"time":"2023-01-01T00:00:01Z"}
                {"x":1000000001.5,"time":"2023-01-01T00:00:02Z"}
                {"x":1000000002.5,"time":"2023-01-01T00:00:03Z"}
                """));

    imported.writes(
        Map.of(
            "windows",
            "{\"d\":1.0}\n",
            "rows_of",
            """
            {"d":null}
            {"d":0.7071067811865476}
            {"d":1.0}
            """));
    assertThat(imported.job().report().lines())
        .filteredOn(line -> line.contains("differs  STDEV, STDEVP, VAR and VARP"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("query.asaql:2:"));
  }

  @Test
  void reportsFieldsThatAreOneColumnInAsa() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder, "SELECT id INTO ids FROM events", Map.of("events", "{\"id\":1,\"ID\":2}\n"));

    imported.writes(Map.of("ids", "{\"id\":2}\n"));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("has 'id' and 'ID', which are one column in ASA"));
  }
}
