package dev.outflow.asa;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LAG, LAST, ISFIRST and sliding windows give the results that ASA's documentation states. */
class TemporalValuesTest {
  private static final String TOLLS =
      """
      {"plate":"DXE","make":"Make1","time":"2015-07-27T00:00:05Z"}
      {"plate":"YZK","make":"Make3","time":"2015-07-27T00:02:17Z"}
      {"plate":"RMV","make":"Make1","time":"2015-07-27T00:05:01Z"}
      {"plate":"YHN","make":"Make2","time":"2015-07-27T00:06:00Z"}
      {"plate":"VFE","make":"Make2","time":"2015-07-27T00:09:31Z"}
      {"plate":"QYF","make":"Make1","time":"2015-07-27T00:12:02Z"}
      {"plate":"MDR","make":"Make4","time":"2015-07-27T00:13:45Z"}
      """;

  @TempDir private Path folder;

  @Test
  void looksUpEarlierEvents() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH numbered AS (
              SELECT plate, make, LAG(plate) OVER (PARTITION BY make LIMIT DURATION(minute, 5)) AS before
              FROM tolls TIMESTAMP BY time
            ), perInterval AS (
              SELECT COUNT(*) AS n FROM tolls TIMESTAMP BY time GROUP BY TumblingWindow(minute, 10)
            )
            SELECT plate INTO firsts FROM tolls TIMESTAMP BY time WHERE ISFIRST(minute, 10) = 1
            SELECT plate INTO firstOfMake FROM tolls TIMESTAMP BY time
            WHERE IsFirst(minute, 10) OVER (PARTITION BY make) = 1
            SELECT plate, ISFIRST(minute, 10) OVER (WHEN make = 'Make2') AS f INTO flagged
            FROM tolls TIMESTAMP BY time WHERE make <> 'Make1'

            SELECT plate, before INTO followed FROM numbered WHERE before IS NOT NULL
            SELECT make INTO alone FROM numbered WHERE before IS NULL
            SELECT n, LAG(n, 1, 0) OVER (LIMIT DURATION(hour, 1)) AS earlier INTO counts FROM perInterval

            SELECT plate, LAG(plate, 2, 'none') OVER (LIMIT DURATION(minute, 5)) AS second,
              LAG(make) OVER (LIMIT DURATION(hour, 1) WHEN make <> 'Make1') AS other,
              LAST(plate, 'none') OVER (LIMIT DURATION(hour, 1) WHEN make = 'Make2') AS recent,
              LAST(make) OVER (LIMIT DURATION(hour, 1)) AS own,
              LAG(System.Timestamp()) OVER (PARTITION BY UPPER(make) LIMIT DURATION(hour, 1)) AS t
            INTO mixed FROM tolls TIMESTAMP BY time WHERE plate <> 'VFE'

            SELECT name, DATEDIFF(second, LAST(time) OVER (PARTITION BY name, feature
                LIMIT DURATION(hour, 1) WHEN event = 'start'), time) AS duration
            INTO durations FROM clicks TIMESTAMP BY time WHERE event = 'end'
            """,
            Map.of(
                "tolls",
                TOLLS,
                "clicks",
                """
                {"name":"user@location.com","feature":"RightMenu","event":"start","time":"2015-01-01T00:00:01Z"}
                {"name":"user@location.com","feature":"RightMenu","event":"end","time":"2015-01-01T00:00:08Z"}
                """))
        .writes(
            Map.of(
                "firsts",
                """
                {"plate":"DXE"}
                {"plate":"QYF"}
                """,
                "firstOfMake",
                """
                {"plate":"DXE"}
                {"plate":"YZK"}
                {"plate":"YHN"}
                {"plate":"QYF"}
                {"plate":"MDR"}
                """,
                "flagged",
                """
                {"plate":"YZK","f":0}
                {"plate":"YHN","f":1}
                {"plate":"VFE","f":0}
                {"plate":"MDR","f":0}
                """,
                "followed",
                """
                {"plate":"RMV","before":"DXE"}
                {"plate":"VFE","before":"YHN"}
                """,
                "alone",
                """
                {"make":"Make1"}
                {"make":"Make3"}
                {"make":"Make2"}
                {"make":"Make1"}
                {"make":"Make4"}
                """,
                "counts",
                """
                {"n":5,"earlier":0}
                {"n":2,"earlier":5}
                """,
                "mixed",
                """
                {"plate":"DXE","second":"none","other":null,"recent":"none","own":"Make1","t":null}
                {"plate":"YZK","second":"none","other":null,"recent":"none","own":"Make3","t":null}
                {"plate":"RMV","second":"DXE","other":"Make3","recent":"none","own":"Make1","t":"2015-07-27T00:00:05Z"}
                {"plate":"YHN","second":"YZK","other":"Make3","recent":"YHN","own":"Make2","t":null}
                {"plate":"QYF","second":"none","other":"Make2","recent":"VFE","own":"Make1","t":"2015-07-27T00:05:01Z"}
                {"plate":"MDR","second":"VFE","other":"Make2","recent":"VFE","own":"Make4","t":null}
                """,
                "durations",
                """
                {"name":"user@location.com","duration":7}
                """));
  }

  @Test
  void slidingWindowsReportEachEntryAndExit() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT System.Timestamp() AS t, COUNT(*) AS n INTO often FROM readings TIMESTAMP BY time
            WHERE device <> 'other' GROUP BY SlidingWindow(second, 10) HAVING COUNT(*) >= 3

            SELECT UPPER(device) AS d, System.Timestamp() AS t, COUNT(*) AS n, SUM(v) AS s, AVG(v) AS a,
              MIN(v) AS low, MAX(v) AS high, COUNT(DISTINCT v) AS dv, MAX(v) - MIN(v) AS span
            INTO all_of FROM readings TIMESTAMP BY time GROUP BY UPPER(device), SlidingWindow(second, 10)

            SELECT device, STDEVP(v) AS sd, SUM(CASE WHEN v IS NULL THEN 1 ELSE 0 END) AS missing INTO spread
            FROM readings TIMESTAMP BY time WHERE v > 3 GROUP BY device, SlidingWindow(Duration(second, 10))
            """,
            Map.of(
                "readings",
                """
                {"device":"a","v":1.0,"time":"2023-01-01T00:00:10Z"}
                {"device":"a","v":3.0,"time":"2023-01-01T00:00:11.700Z"}
                {"device":"a","v":4.0,"time":"2023-01-01T00:00:15Z"}
                {"device":"a","v":8.0,"time":"2023-01-01T00:00:15Z"}
                {"device":"other","v":2.0,"time":"2023-01-01T00:00:15Z"}
                {"device":"a","v":16.0,"time":"2023-01-01T00:00:26.600Z"}
                """))
        .writes(
            Map.of(
                "often",
                """
                {"t":"2023-01-01T00:00:15Z","n":4}
                {"t":"2023-01-01T00:00:20Z","n":3}
                """,
                "all_of",
                """
                {"d":"A","t":"2023-01-01T00:00:10Z","n":1,"s":1.0,"a":1.0,"low":1.0,"high":1.0,"dv":1,"span":0.0}
                {"d":"A","t":"2023-01-01T00:00:11.700Z","n":2,"s":4.0,"a":2.0,"low":1.0,"high":3.0,"dv":2,"span":2.0}
                {"d":"A","t":"2023-01-01T00:00:15Z","n":4,"s":16.0,"a":4.0,"low":1.0,"high":8.0,"dv":4,"span":7.0}
                {"d":"A","t":"2023-01-01T00:00:20Z","n":3,"s":15.0,"a":5.0,"low":3.0,"high":8.0,"dv":3,"span":5.0}
                {"d":"A","t":"2023-01-01T00:00:21.700Z","n":2,"s":12.0,"a":6.0,"low":4.0,"high":8.0,"dv":2,"span":4.0}
                {"d":"A","t":"2023-01-01T00:00:26.600Z","n":1,"s":16.0,"a":16.0,"low":16.0,"high":16.0,"dv":1,"span":0.0}
                {"d":"OTHER","t":"2023-01-01T00:00:15Z","n":1,"s":2.0,"a":2.0,"low":2.0,"high":2.0,"dv":1,"span":0.0}
                """,
                "spread",
                """
                {"device":"a","sd":2.0,"missing":0}
                {"device":"a","sd":0.0,"missing":0}
                """));
  }

  @Test
  void measuresTimesWithinAndBetweenWindows() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH timeless AS (SELECT name FROM visits), lastOf AS (
              SELECT MAX(startTime) AS latest FROM sessions TIMESTAMP BY startTime
              GROUP BY TumblingWindow(minute, 15)
            )
            SELECT MIN(startTime) AS windowStart, System.Timestamp() AS windowEnd,
              DATEDIFF(second, MIN(startTime), System.Timestamp()) AS duration
            INTO windows FROM sessions TIMESTAMP BY startTime GROUP BY TumblingWindow(minute, 15)

            SELECT DATEDIFF(second, LAG(endTime) OVER (PARTITION BY device LIMIT DURATION(minute, 60)), startTime) AS gap
            INTO gaps FROM sessions TIMESTAMP BY startTime

            SELECT name INTO names FROM timeless

            SELECT s.startTime AS t INTO latest FROM sessions s TIMESTAMP BY startTime
            JOIN lastOf l ON DATEDIFF(minute, s, l) BETWEEN 0 AND 15 AND s.startTime = l.latest
            """,
            Map.of(
                "visits",
                """
                {"name":"x"}
                """,
                "sessions",
                """
                {"device":"d","startTime":"2018-04-12T16:45:04.753Z","endTime":"2018-04-12T16:46:11.857Z"}
                {"device":"d","startTime":"2018-04-12T16:46:11.957Z","endTime":"2018-04-12T16:47:11.956Z"}
                {"device":"d","startTime":"2018-04-12T16:47:12.056Z","endTime":"2018-04-12T16:51:11.743Z"}
                {"device":"d","startTime":"2018-04-12T16:59:02.920Z","endTime":"2018-04-12T16:59:02.920Z"}
                {"device":"d","startTime":"2018-04-12T17:01:07.056Z","endTime":"2018-04-12T17:01:08.056Z"}
                {"device":"d","startTime":"2018-04-12T17:15:10.954Z","endTime":"2018-04-12T17:29:44.220Z"}
                {"device":"d","startTime":"2018-04-12T17:32:30.056Z","endTime":"2018-04-12T17:40:41.023Z"}
                """))
        .writes(
            Map.of(
                "windows",
                """
                {"windowStart":"2018-04-12T16:45:04.753Z","windowEnd":"2018-04-12T17:00:00Z","duration":896}
                {"windowStart":"2018-04-12T17:01:07.056Z","windowEnd":"2018-04-12T17:15:00Z","duration":833}
                {"windowStart":"2018-04-12T17:15:10.954Z","windowEnd":"2018-04-12T17:30:00Z","duration":890}
                {"windowStart":"2018-04-12T17:32:30.056Z","windowEnd":"2018-04-12T17:45:00Z","duration":750}
                """,
                "gaps",
                """
                {"gap":null}
                {"gap":0}
                {"gap":1}
                {"gap":471}
                {"gap":125}
                {"gap":842}
                {"gap":166}
                """,
                "names",
                """
                {"name":"x"}
                """,
                "latest",
                """
                {"t":"2018-04-12T16:59:02.920Z"}
                {"t":"2018-04-12T17:01:07.056Z"}
                {"t":"2018-04-12T17:15:10.954Z"}
                {"t":"2018-04-12T17:32:30.056Z"}
                """));
  }

  @Test
  void aggregatesSessionsByFurtherKeysAndSeveralWindowsAtOnce() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH near AS (
              SELECT a.id, b.v AS other FROM events a TIMESTAMP BY time
              LEFT JOIN others b TIMESTAMP BY time ON a.id = b.id AND DATEDIFF(second, a, b) BETWEEN -5 AND 5
            )
            SELECT id, SUM(v) AS total, MIN(time) AS t0, System.Timestamp() AS t INTO visits
            FROM events TIMESTAMP BY time WHERE v < 50
            GROUP BY id, Session(second, 10, 60)

            SELECT place, id, COUNT(*) AS n, System.Timestamp() AS t INTO places
            FROM events TIMESTAMP BY time
            GROUP BY place, id, SessionWindow(second, 10, 60) OVER (PARTITION BY place)

            SELECT System.Window().Id, COUNT(*) AS n, System.Timestamp() AS t INTO counts
            FROM events TIMESTAMP BY time
            GROUP BY Windows(Window('ten', Tumbling(seconds, 10)), Window('twenty', Hopping(second, 20, 20)))

            SELECT id, other, System.Timestamp() AS t INTO pairs FROM near HAVING id = 'b'
            """,
            Map.of(
                "events",
                """
                {"id":"a","v":1,"place":"x","time":"2023-01-01T00:00:01Z"}
                {"id":"b","v":2,"place":"x","time":"2023-01-01T00:00:08Z"}
                {"id":"a","v":4,"place":"y","time":"2023-01-01T00:00:10Z"}
                {"id":"a","v":99,"place":"x","time":"2023-01-01T00:00:17Z"}
                {"id":"b","v":8,"place":"x","time":"2023-01-01T00:00:21Z"}
                """,
                "others",
                """
                {"id":"b","v":1,"time":"2023-01-01T00:00:05Z"}
                """))
        .writes(
            Map.of(
                "visits",
                """
                {"id":"a","total":5,"t0":"2023-01-01T00:00:01Z","t":"2023-01-01T00:00:20Z"}
                {"id":"b","total":2,"t0":"2023-01-01T00:00:08Z","t":"2023-01-01T00:00:20Z"}
                {"id":"b","total":8,"t0":"2023-01-01T00:00:21Z","t":"2023-01-01T00:00:31Z"}
                """,
                "places",
                """
                {"place":"x","id":"a","n":2,"t":"2023-01-01T00:00:31Z"}
                {"place":"x","id":"b","n":2,"t":"2023-01-01T00:00:31Z"}
                {"place":"y","id":"a","n":1,"t":"2023-01-01T00:00:20Z"}
                """,
                "counts",
                """
                {"Id":"ten","n":3,"t":"2023-01-01T00:00:10Z"}
                {"Id":"ten","n":1,"t":"2023-01-01T00:00:20Z"}
                {"Id":"ten","n":1,"t":"2023-01-01T00:00:30Z"}
                {"Id":"twenty","n":4,"t":"2023-01-01T00:00:20Z"}
                {"Id":"twenty","n":1,"t":"2023-01-01T00:00:40Z"}
                """,
                "pairs",
                """
                {"id":"b","other":1,"t":"2023-01-01T00:00:08Z"}
                {"id":"b","other":null,"t":"2023-01-01T00:00:26Z"}
                """));
  }

  /** Aggregates that OVER does not accept get all rows of the window at each entry and exit. */
  @Test
  void gathersTheRowsOfSlidingWindowsForOtherAggregates() throws Exception {
    Files.createDirectories(folder.resolve("Functions"));
    Files.writeString(
        folder.resolve("Functions/span.js"),
        """
        function main() {
          this.init = function () { this.first = null; this.last = null; };
          this.accumulate = function (value, time) {
            this.first = this.first || time.getTime();
            this.last = time.getTime();
          };
          this.computeResult = function () { return this.last - this.first; };
        }
        """);
    ImportedJob.of(
            folder,
            """
            SELECT device, TopOne(name) OVER (ORDER BY v DESC) AS top, COUNT(*) AS n,
              PERCENTILE_DISC(0.5) OVER (ORDER BY v) AS middle, Collect(v) AS all_v,
              uda.span(v) * 1 AS span, MAX(time) AS newest, System.Timestamp() AS t
            INTO tops FROM readings TIMESTAMP BY time WHERE v < 90
            GROUP BY device, SlidingWindow(second, 10)
            SELECT CollectTop(2, name) OVER (ORDER BY time DESC) AS names, System.Timestamp() AS t
            INTO latest FROM readings TIMESTAMP BY time
            GROUP BY SlidingWindow(second, 5) HAVING COUNT(*) > 1
            """,
            Map.of(
                "readings",
                """
                {"device":"a","name":"x","v":5,"time":"2023-01-01T00:00:01Z"}
                {"device":"a","name":"y","v":7,"time":"2023-01-01T00:00:04Z"}
                {"device":"a","name":"z","v":99,"time":"2023-01-01T00:00:12Z"}
                """))
        .writes(
            Map.of(
                "tops",
                """
                {"device":"a","top":"x","n":1,"middle":5,"all_v":[5],"span":0.0,"newest":"2023-01-01T00:00:01Z","t":"2023-01-01T00:00:01Z"}
                {"device":"a","top":"y","n":2,"middle":5,"all_v":[5,7],"span":3000.0,"newest":"2023-01-01T00:00:04Z","t":"2023-01-01T00:00:04Z"}
                {"device":"a","top":"y","n":1,"middle":7,"all_v":[7],"span":0.0,"newest":"2023-01-01T00:00:04Z","t":"2023-01-01T00:00:11Z"}
                """,
                "latest",
                """
                {"names":[{"rank":1,"value":"y"},{"rank":2,"value":"x"}],"t":"2023-01-01T00:00:04Z"}
                """));
  }

  @Test
  void returnsWholeEarlierEvents() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT v, LAG(*) OVER (PARTITION BY device LIMIT DURATION(minute, 1)) AS earlier,
              LAST(*) OVER (LIMIT DURATION(minute, 1) WHEN v > 5) AS high
            INTO pairs FROM readings TIMESTAMP BY time
            """,
            Map.of(
                "readings",
                """
                {"device":"a","v":5,"time":"2023-01-01T00:00:01Z"}
                {"device":"b","v":6,"time":"2023-01-01T00:00:02Z"}
                {"device":"a","v":4,"time":"2023-01-01T00:00:03Z"}
                """))
        .writes(
            Map.of(
                "pairs",
                """
                {"v":5,"earlier":null,"high":null}
                {"v":6,"earlier":null,"high":{"device":"b","v":6,"time":"2023-01-01T00:00:02Z"}}
                {"v":4,"earlier":{"device":"a","v":5,"time":"2023-01-01T00:00:01Z"},"high":{"device":"b","v":6,"time":"2023-01-01T00:00:02Z"}}
                """));
  }

  @Test
  void aWindowReturnsTheResultsOfItsInstants() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH seconds AS (
              SELECT topic, author, COUNT(*) FROM posts TIMESTAMP BY at GROUP BY topic, author, TumblingWindow(second, 1)
            )
            SELECT topic, authors = COUNT(*), total = SUM(count), System.Timestamp() AS t INTO totals
            FROM seconds GROUP BY topic, System.Timestamp(), Tumbling(second, 4)
            SELECT COUNT(*) AS n, System.Timestamp() AS t INTO sliding
            FROM posts TIMESTAMP BY at GROUP BY System.Timestamp(), SlidingWindow(second, 2)
            """,
            Map.of(
                "posts",
                """
                {"topic":"x","author":"a","at":"2023-01-01T00:00:00.500Z"}
                {"topic":"x","author":"a","at":"2023-01-01T00:00:00.500Z"}
                {"topic":"x","author":"b","at":"2023-01-01T00:00:01Z"}
                {"topic":"x","author":"b","at":"2023-01-01T00:00:03Z"}
                """))
        .writes(
            Map.of(
                "totals",
                """
                {"topic":"x","authors":2,"total":3,"t":"2023-01-01T00:00:04Z"}
                {"topic":"x","authors":1,"total":1,"t":"2023-01-01T00:00:04Z"}
                """,
                "sliding",
                """
                {"n":2,"t":"2023-01-01T00:00:00.500Z"}
                {"n":2,"t":"2023-01-01T00:00:01Z"}
                {"n":1,"t":"2023-01-01T00:00:01Z"}
                {"n":1,"t":"2023-01-01T00:00:02.500Z"}
                {"n":1,"t":"2023-01-01T00:00:03Z"}
                """));
  }

  /** A file with several queries, each with its own WITH. */
  @Test
  void aStatementReadsTheStepsBeforeIt() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH s AS (SELECT v FROM readings WHERE v > 5)
            SELECT v INTO high FROM s;
            WITH s AS (SELECT v FROM readings WHERE v < 5), r AS (SELECT v + 1 AS v FROM s)
            SELECT v INTO low FROM r
            """,
            Map.of("readings", "{\"v\":4}\n{\"v\":6}\n"))
        .writes(Map.of("high", "{\"v\":6}\n", "low", "{\"v\":5}\n"));
  }
}
