package dev.outflow.asa;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imported queries give the results that ASA's documentation states for queries of their kind. Jobs
 * with several outputs save the start of several jobs.
 *
 * <p>Not asserted: a session of a recorded run whose cut depends on the batches of the engine (see
 * decision 44), the order of a file that ASA's local runner sorts, and TIMESTAMP BY ... OVER, where
 * each device has a time of its own.
 */
class GoldenValuesTest {
  private static final String CARS =
      """
      {"Make":"Make1","Time":"2023-01-01T00:00:01.0000000Z","Weight":"1000"}
      {"Make":"Make1","Time":"2023-01-01T00:00:02.0000000Z","Weight":"2000"}
      {"Make":"Make2","Time":"2023-01-01T00:00:04.0000000Z","Weight":"1500"}
      {"Make":"End","Time":"2023-01-01T00:00:59.0000000Z","Weight":"0"}
      """;

  @TempDir private Path folder;

  @Test
  void windowsExcludeTheirStartAndIncludeTheirEnd() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT make, COUNT(*) AS n INTO perMake FROM cars TIMESTAMP BY time
            WHERE make <> 'End' GROUP BY make, TumblingWindow(second, 10)

            SELECT COUNT(DISTINCT make) AS makes, System.Timestamp() AS t INTO makes
            FROM cars TIMESTAMP BY time WHERE make <> 'End' GROUP BY TumblingWindow(second, 2)

            SELECT System.Timestamp() AS t, COUNT(*) INTO hops FROM cars TIMESTAMP BY time
            WHERE make <> 'End' GROUP BY HoppingWindow(second, 4, 2)

            SELECT System.Timestamp() AS t, COUNT(*) AS n INTO fromTheStart FROM cars TIMESTAMP BY time
            WHERE make <> 'End' GROUP BY TumblingWindow(Duration(second, 2), Offset(millisecond, -1))

            SELECT System.Timestamp() AS t, SUM(CAST(weight AS bigint)) AS w INTO atOnce
            FROM cars TIMESTAMP BY time GROUP BY System.Timestamp() HAVING w > 1000
            """,
            Map.of("cars", CARS))
        .writes(
            Map.of(
                "perMake",
                """
                {"make":"Make1","n":2}
                {"make":"Make2","n":1}
                """,
                "makes",
                """
                {"makes":1,"t":"2023-01-01T00:00:02Z"}
                {"makes":1,"t":"2023-01-01T00:00:04Z"}
                """,
                "hops",
                """
                {"t":"2023-01-01T00:00:02Z","count":2}
                {"t":"2023-01-01T00:00:04Z","count":3}
                {"t":"2023-01-01T00:00:06Z","count":1}
                """,
                "fromTheStart",
                """
                {"t":"2023-01-01T00:00:01.999Z","n":1}
                {"t":"2023-01-01T00:00:03.999Z","n":1}
                {"t":"2023-01-01T00:00:05.999Z","n":1}
                """,
                "atOnce",
                """
                {"t":"2023-01-01T00:00:02Z","w":2000}
                {"t":"2023-01-01T00:00:04Z","w":1500}
                """));
  }

  @Test
  void comparesRowsWithEarlierOnes() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT make, System.Timestamp() AS t INTO changes FROM cars TIMESTAMP BY time
            WHERE LAG(make, 1) OVER (LIMIT DURATION(minute, 1)) <> make

            SELECT DATEDIFF(second, LAG(time) OVER (PARTITION BY make LIMIT DURATION(second, 2)), time) AS gap,
              COUNT(*) OVER (PARTITION BY make LIMIT DURATION(second, 2)) AS n, make
            INTO gaps FROM cars TIMESTAMP BY time

            SELECT COUNT(*) AS n, System.Timestamp() AS t INTO often FROM cars TIMESTAMP BY time
            WHERE make <> 'End' GROUP BY SlidingWindow(second, 3) HAVING n >= 2
            """,
            Map.of("cars", CARS))
        .writes(
            Map.of(
                "changes",
                """
                {"make":"Make2","t":"2023-01-01T00:00:04Z"}
                {"make":"End","t":"2023-01-01T00:00:59Z"}
                """,
                "gaps",
                """
                {"gap":null,"n":1,"make":"Make1"}
                {"gap":1,"n":2,"make":"Make1"}
                {"gap":null,"n":1,"make":"Make2"}
                {"gap":null,"n":1,"make":"End"}
                """,
                "often",
                """
                {"n":2,"t":"2023-01-01T00:00:02Z"}
                {"n":2,"t":"2023-01-01T00:00:04Z"}
                """));
  }

  @Test
  void functionsGiveDocumentedValues() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT CONCAT('Make: ', make, ', Model: ', 'QRTZX22') AS c1, CONCAT(NULL, NULL) AS c2,
              CONCAT_WS(', ', '1 Microsoft Way', NULL, 'Redmond', 'WA', '98052', NULL) AS c3,
              LEFT('abcdefg', 2) AS l, RIGHT('abcdefg', 2) AS r, SUBSTRING('abcdefg', 2, 4) AS s,
              REVERSE('abcdefg') AS v, STUFF('abcdef', 2, 3, 'ijklmn') AS st,
              TRANSLATE('2*[3+4]/{7-2}', '[]{}', '()()') AS tr,
              LTRIM('      Left test') AS lt, RTRIM('Right test    ') AS rt, TRIM('      a test    ') AS t,
              RTRIM('LastName  ') + ',' + SPACE(1) + LTRIM('    FirstName') AS name,
              LEN('ab  ') AS n, CHARINDEX('x', 'abc') AS absent, CHARINDEX('c', 'abc') AS present,
              NULLIF(4, 4) AS n1, NULLIF(5, 7) AS n2, ABS(20.2 - 21.7) AS difference,
              CAST('42' AS bigint) + 1 AS whole, TRY_CAST('x' AS float) AS none,
              ISNULL(missing, 'given') AS given, 7 % 4 AS remainder, SQUARE(3) AS nine
            INTO texts FROM cars

            SELECT make, CASE WHEN make LIKE 'A%9' THEN 'A' ELSE 'B' END AS lane INTO lanes FROM cars

            SELECT DATEDIFF(second, time, later) AS seconds, DATEDIFF(minute, time, later) AS minutes,
              DATEDIFF(hour, later, time) AS hours, DATEADD(hour, 2, time) AS added,
              DATEADD(millisecond, epoch, '1970-01-01T00:00:00Z') AS fromEpoch,
              DATEPART(year, time) AS y, DATEPART(weekday, time) AS w, DAY(time) AS d,
              DATEADD(month, -1, time) AS before
            INTO dates FROM cars
            """,
            Map.of(
                "cars",
                """
                {"make":"AAA-999","time":"2023-01-01T00:59:59.900Z","later":"2023-01-01T01:00:00.100Z","epoch":1000}
                """))
        .writes(
            Map.of(
                "texts",
                """
                {"c1":"Make: AAA-999, Model: QRTZX22","c2":"",
                 "c3":"1 Microsoft Way, Redmond, WA, 98052","l":"ab","r":"fg","s":"bcde","v":"gfedcba",
                 "st":"aijklmnef","tr":"2*(3+4)/(7-2)","lt":"Left test","rt":"Right test","t":"a test",
                 "name":"LastName, FirstName","n":2,"absent":0,"present":3,"n1":null,"n2":5,
                 "difference":1.5,"whole":43,"none":null,"given":"given","remainder":3,"nine":9.0}
                """
                    .replaceAll("\\n +", ""),
                "lanes",
                """
                {"make":"AAA-999","lane":"A"}
                """,
                "dates",
                """
                {"seconds":1,"minutes":1,"hours":-1,"added":"2023-01-01T02:59:59.900Z","fromEpoch":"1970-01-01T00:00:01Z","y":2023,"w":1,"d":1,"before":"2022-12-01T00:59:59.900Z"}
                """));
  }

  @Test
  void readsRecordsAndArrays() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT DeviceID, location.lat, readings.metadata.version AS v, GetArrayElement(readings.c3, 0) AS first,
              GetArrayLength(readings.c3) AS n, GetRecordPropertyValue(readings, 'Temperature') AS t
            INTO nested FROM sensors
            SELECT deviceid, location.* INTO places FROM sensors
            SELECT e.ArrayIndex AS i, e.ArrayValue AS v INTO elements
            FROM sensors s CROSS APPLY GetArrayElements(s.readings.c3) AS e
            SELECT s.deviceId, m.ArrayValue.smKey, m.ArrayValue.smValue INTO tags
            FROM sensors AS s CROSS APPLY GetArrayElements(s.tags) AS m
            """,
            Map.of(
                "sensors",
                """
                {"DeviceId":"12345","Location":{"Lat":47,"Long":122},"Readings":{"Temperature":80,"C3":[12,-5,0],"Metadata":{"Version":"1.2.45"}},"Tags":[{"SmKey":"Manufacturer","SmValue":"ABC"},{"SmKey":"Version","SmValue":"1.2.45"}]}
                """))
        .writes(
            Map.of(
                "nested",
                """
                {"DeviceID":"12345","lat":47,"v":"1.2.45","first":12,"n":3,"t":80}
                """,
                "places",
                """
                {"deviceid":"12345","Lat":47,"Long":122}
                """,
                "elements",
                """
                {"i":0,"v":12}
                {"i":1,"v":-5}
                {"i":2,"v":0}
                """,
                "tags",
                """
                {"deviceId":"12345","smKey":"Manufacturer","smValue":"ABC"}
                {"deviceId":"12345","smKey":"Version","smValue":"1.2.45"}
                """));
  }

  @Test
  void joinsCountsAndChainsStepsInTime() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH pairs AS (
              SELECT a.id, b.v, DATEDIFF(second, a, b) AS gap, System.Timestamp() AS t
              FROM orders a TIMESTAMP BY time
              JOIN payments b TIMESTAMP BY time ON a.id = b.id AND DATEDIFF(second, a, b) BETWEEN 1 AND 2
            ), sums AS (
              SELECT id, SUM(v) AS total, System.Timestamp() AS t FROM pairs GROUP BY id, TumblingWindow(second, 5)
            )
            SELECT * INTO pairs_out FROM pairs
            SELECT SUM(total) AS total, System.Timestamp() AS t INTO sums_out FROM sums GROUP BY TumblingWindow(second, 10)

            SELECT a.id, b.v INTO unpaid FROM orders a TIMESTAMP BY time
            LEFT JOIN payments b TIMESTAMP BY time ON DATEDIFF(second, a, b) BETWEEN 0 AND 2 AND a.id = b.id
            WHERE b.v IS NULL

            SELECT id, n INTO busy FROM (
              SELECT id, COUNT(*) OVER (PARTITION BY id LIMIT DURATION(second, 10)) AS n FROM orders TIMESTAMP BY time
            ) AS counted WHERE n > 1
            SELECT id, COUNT(*) OVER (PARTITION BY id LIMIT DURATION(second, 3)) AS n,
              SUM(v) OVER (LIMIT DURATION(minute, 1) WHEN v > 1) AS s
            INTO big FROM payments TIMESTAMP BY time WHERE v > 2

            SELECT id INTO everything FROM orders UNION SELECT id FROM payments
            SELECT id INTO twice FROM orders WHERE id = 'b'
            SELECT id INTO twice FROM payments WHERE id = 'b'
            """,
            Map.of(
                "orders",
                """
                {"id":"a","time":"2023-01-01T00:00:01.900Z"}
                {"id":"b","time":"2023-01-01T00:00:02Z"}
                {"id":"a","time":"2023-01-01T00:00:08Z"}
                """,
                "payments",
                """
                {"id":"a","v":1,"time":"2023-01-01T00:00:02.100Z"}
                {"id":"a","v":2,"time":"2023-01-01T00:00:03.950Z"}
                {"id":"b","v":4,"time":"2023-01-01T00:00:05Z"}
                {"id":"a","v":8,"time":"2023-01-01T00:00:09Z"}
                """))
        .writes(
            Map.of(
                "pairs_out",
                """
                {"id":"a","v":1,"gap":1,"t":"2023-01-01T00:00:02.100Z"}
                {"id":"a","v":2,"gap":2,"t":"2023-01-01T00:00:03.950Z"}
                {"id":"a","v":8,"gap":1,"t":"2023-01-01T00:00:09Z"}
                """,
                "sums_out",
                """
                {"total":11,"t":"2023-01-01T00:00:10Z"}
                """,
                "unpaid",
                """
                {"id":"b","v":null}
                """,
                "busy",
                """
                {"id":"a","n":2}
                """,
                "big",
                """
                {"id":"b","n":1,"s":6}
                {"id":"a","n":1,"s":14}
                """,
                "everything",
                """
                {"id":"a"}
                {"id":"b"}
                {"id":"a"}
                {"id":"a"}
                {"id":"a"}
                {"id":"b"}
                {"id":"a"}
                """,
                "twice",
                """
                {"id":"b"}
                {"id":"b"}
                """));
  }

  /**
   * The documentation's table for the oven has a third row, at 16:07, with the power of 16:04,
   * which has left a window of three minutes by then; its own page on sliding windows says so. Its
   * table of array elements shows 0,1,1 for 1,1,0.
   */
  @Test
  void joinsAtOneInstantAndPivotsArrays() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH peaks AS (
              SELECT System.Timestamp() AS windowTime, device, MAX(value) AS peak
              FROM oven TIMESTAMP BY t WHERE sensor = 'power' GROUP BY device, SlidingWindow(minute, 3)
            ), tagged AS (
              SELECT s.DeviceId, m.ArrayValue.smKey AS k, m.ArrayValue.smValue AS v
              FROM sensors s CROSS APPLY GetArrayElements(s.Tags) AS m
            )
            SELECT a.t, a.value, p.peak INTO alerts FROM oven a TIMESTAMP BY t
            JOIN peaks p ON a.device = p.device AND a.t = p.windowTime AND DATEDIFF(minute, a, p) BETWEEN 0 AND 3
            WHERE a.sensor = 'temp' AND a.value <= 40 AND p.peak > 10

            SELECT s.DeviceId, v.v AS version, m.v AS maker INTO pivoted FROM sensors s
            LEFT JOIN tagged v ON v.k = 'Version' AND v.DeviceId = s.DeviceId AND DATEDIFF(minute, s, v) BETWEEN 0 AND 0
            LEFT JOIN tagged m ON m.k = 'Manufacturer' AND m.DeviceId = s.DeviceId AND DATEDIFF(minute, s, m) BETWEEN 0 AND 0

            SELECT s.DeviceId, e.ArrayValue AS v INTO readings
            FROM sensors s CROSS APPLY GetArrayElements(s.Custom) AS e
            """,
            Map.of(
                "oven",
                oven(120, 15, 100, 15, 70, 15, 50, 15, 30, 8, 20, 8, 20, 8, 20, 8),
                "sensors",
                """
                {"DeviceId":"631","Custom":[0,1,0],"Tags":[{"smKey":"Manufacturer","smValue":"ABC"},{"smKey":"Version","smValue":"1.2.45"}]}
                {"DeviceId":"123","Custom":[1,1,0],"Tags":[{"smKey":"Version","smValue":"2"}]}
                """))
        .writes(
            Map.of(
                "alerts",
                """
                {"t":"2018-01-01T16:05:00Z","value":30,"peak":15}
                {"t":"2018-01-01T16:06:00Z","value":20,"peak":15}
                """,
                "pivoted",
                """
                {"DeviceId":"631","version":"1.2.45","maker":"ABC"}
                {"DeviceId":"123","version":"2","maker":null}
                """,
                "readings",
                """
                {"DeviceId":"631","v":0}
                {"DeviceId":"631","v":1}
                {"DeviceId":"631","v":0}
                {"DeviceId":"123","v":1}
                {"DeviceId":"123","v":1}
                {"DeviceId":"123","v":0}
                """));
  }

  /** Returns a temperature and a power for each minute from 16:01 on. */
  private static String oven(int... values) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      rows.append(
          "{\"device\":\"Oven1\",\"sensor\":\"%s\",\"value\":%d,\"t\":\"2018-01-01T16:%02d:00Z\"}\n"
              .formatted(i % 2 == 0 ? "temp" : "power", values[i], 1 + i / 2));
    }
    return rows.toString();
  }
}
