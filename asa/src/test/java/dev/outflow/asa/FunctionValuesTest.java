package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of Outflow give the results that ASA's documentation states. */
class FunctionValuesTest {
  @TempDir private Path folder;

  @Test
  void functionsOfValuesGiveDocumentedResults() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT a & b AS conjunction, a | b AS disjunction, a ^ b AS exclusion, ~a AS complement,
              yes & no AS bitAnd, yes | no AS bitOr, yes ^ yes AS bitXor, ~no AS bitNot, yes & none AS nothing,
              a & yes AS mixed
            INTO bits FROM signals

            SELECT TRIM(text) AS t, LTRIM(text) AS lt, RTRIM(text) AS rt, LEN(TRIM(text)) AS n,
              NCHAR(33590) AS tea, UNICODE(NCHAR(33590)) AS code,
              SUBSTRING('abcdefg', n0, 3) AS s0, SUBSTRING('abcdefg', n0 + 6, 99) AS s6, STUFF('abcdef', n0, 1, 'x') AS st,
              PATINDEX('%[0-9]%', plate) AS digit, PATINDEX('%100%', plate) AS hundred, PATINDEX('1%', plate) AS absent,
              REGEXMATCH(plate, 'c-[0-9]') AS match, REGEXMATCH(plate, '(') AS broken,
              CASE WHEN plate LIKE '[A-C]%[0-9]' THEN 1 ELSE 0 END AS isPlate,
              CASE WHEN plate NOT LIKE '%[^A-C]%' THEN 1 ELSE 0 END AS isText,
              CASE WHEN NOT (none2 = 'x') THEN 1 ELSE 0 END AS isNotX, CASE WHEN none2 <> 'x' THEN 1 ELSE 0 END AS differs,
              ROUND(0.5, 0) AS half, ROUND(-0.5, 0) AS minusHalf, ROUND(501.0101, -3) AS thousand
            INTO texts FROM signals

            SELECT DATENAME(month, time) AS m, DATENAME(weekday, time) AS w, DATENAME(hour, time) AS h,
              DATEPART(week, time) AS week, DATEPART(millisecond, time) AS ms, DATEPART(dayofyear, time) AS doy,
              DATEDIFF(week, time, later) AS weeks, DATEDIFF(quarter, time, later) AS quarters,
              DATEDIFF(millisecond, time, later) AS millis,
              DATEADD(week, 1, time) AS nextWeek, DATEADD(quarter, 1, time) AS nextQuarter, DATEADD(dayofyear, 1, time) AS nextDay,
              DATEADD(millisecond, a, time) AS soon, DATEADD(minute, a, time) AS soon2,
              DATETIMEFROMPARTS(2014, 9, 10, 12, DATEPART(minute, time) + 10, 0, 0) AS fromParts,
              CAST(written AS datetime) AS parsed, TRY_CAST(plate AS datetime) AS unparsed,
              CAST(time AS nvarchar(max)) AS asText, 'at ' + CAST(time AS nvarchar(max)) AS sentence,
              DATEDIFF(hour, written, '2014-09-10T13:00:00Z') AS hours
            INTO dates FROM signals
            """,
            Map.of(
                "signals",
                """
                {"a":170,"b":75,"yes":true,"no":false,"none":false,"text":"\\t a test \\u00a0","n0":1,"plate":"ABC-100","none2":"y","time":"2026-11-29T10:05:00.123Z","later":"2027-01-03T00:00:00Z","written":"2014-09-10 12:00:00"}
                {"a":170,"b":75,"yes":true,"no":false,"none":null,"text":" ","n0":0,"plate":"ABC","none2":null,"time":"2026-11-29T10:05:00.123Z","later":"2026-11-28T00:00:00Z","written":null}
                """))
        .writes(
            Map.of(
                "bits",
                """
                {"conjunction":10,"disjunction":235,"exclusion":225,"complement":-171,"bitAnd":false,"bitOr":true,"bitXor":false,"bitNot":true,"nothing":false,"mixed":0}
                {"conjunction":10,"disjunction":235,"exclusion":225,"complement":-171,"bitAnd":false,"bitOr":true,"bitXor":false,"bitNot":true,"nothing":null,"mixed":0}
                """,
                "texts",
                """
                {"t":"a test","lt":"a test \u00a0","rt":"\\t a test","n":6,"tea":"\u8336","code":33590,"s0":"abc","s6":"g","st":"xbcdef","digit":5,"hundred":5,"absent":0,"match":3,"broken":0,"isPlate":1,"isText":0,"isNotX":1,"differs":1,"half":1.0,"minusHalf":-1.0,"thousand":1000.0}
                {"t":"","lt":"","rt":"","n":0,"tea":"\u8336","code":33590,"s0":"ab","s6":"fg","st":"xbcdef","digit":0,"hundred":0,"absent":0,"match":0,"broken":0,"isPlate":0,"isText":1,"isNotX":1,"differs":0,"half":1.0,"minusHalf":-1.0,"thousand":1000.0}
                """,
                "dates",
                """
                {"m":"November","w":"Sunday","h":"10","week":49,"ms":123,"doy":333,"weeks":5,"quarters":1,"millis":2987699877,"nextWeek":"2026-12-06T10:05:00.123Z","nextQuarter":"2027-02-28T10:05:00.123Z","nextDay":"2026-11-30T10:05:00.123Z","soon":"2026-11-29T10:05:00.293Z","soon2":"2026-11-29T12:55:00.123Z","fromParts":"2014-09-10T12:15:00Z","parsed":"2014-09-10T12:00:00Z","unparsed":null,"asText":"2026-11-29T10:05:00.1230000Z","sentence":"at 2026-11-29T10:05:00.1230000Z","hours":1}
                {"m":"November","w":"Sunday","h":"10","week":49,"ms":123,"doy":333,"weeks":-1,"quarters":0,"millis":-122700123,"nextWeek":"2026-12-06T10:05:00.123Z","nextQuarter":"2027-02-28T10:05:00.123Z","nextDay":"2026-11-30T10:05:00.123Z","soon":"2026-11-29T10:05:00.293Z","soon2":"2026-11-29T12:55:00.123Z","fromParts":"2014-09-10T12:15:00Z","parsed":null,"unparsed":null,"asText":"2026-11-29T10:05:00.1230000Z","sentence":"at 2026-11-29T10:05:00.1230000Z","hours":null}
                """));
  }

  @Test
  void aggregatesReturnWholeEventsAndPercentiles() throws Exception {
    ImportedJob.of(
            folder,
            """
            WITH tops AS (
              SELECT TopOne() OVER (ORDER BY time DESC) AS topEvent, System.Timestamp() AS windowEnd
              FROM stepped TIMESTAMP BY time GROUP BY HoppingWindow(second, 300, 5)
            )
            SELECT windowEnd, topEvent.value AS topValue INTO latest FROM tops
            WHERE windowEnd <= '2014-01-01T06:01:45Z'

            SELECT TopOne(value) OVER (ORDER BY value ASC) AS lowest,
              CollectTop(2) OVER (ORDER BY value DESC, time ASC) AS two,
              Collect(value + 1) AS all_values
            INTO collected FROM stepped TIMESTAMP BY time GROUP BY TumblingWindow(second, 10)

            SELECT PERCENTILE_CONT(0.95) OVER (ORDER BY availability) AS c, PERCENTILE_DISC(0.95) OVER (ORDER BY availability) AS d,
              PERCENTILE_CONT(0.05) OVER (ORDER BY availability DESC) AS reversed
            INTO percentiles FROM regions TIMESTAMP BY time GROUP BY TumblingWindow(hour, 1)
            """,
            Map.of(
                "stepped",
                """
                {"time":"2014-01-01T06:01:00Z","value":1}
                {"time":"2014-01-01T06:01:05Z","value":2}
                {"time":"2014-01-01T06:01:10Z","value":3}
                {"time":"2014-01-01T06:01:15Z","value":4}
                {"time":"2014-01-01T06:01:30Z","value":5}
                {"time":"2014-01-01T06:01:35Z","value":6}
                """,
                "regions",
                """
                {"time":"2014-01-01T06:01:00Z","availability":0.98}
                {"time":"2014-01-01T06:02:00Z","availability":0.93}
                {"time":"2014-01-01T06:03:00Z","availability":0.78}
                {"time":"2014-01-01T06:04:00Z","availability":0.99}
                {"time":"2014-01-01T06:05:00Z","availability":0.89}
                """))
        .writes(
            Map.of(
                "latest",
                """
                {"windowEnd":"2014-01-01T06:01:00Z","topValue":1}
                {"windowEnd":"2014-01-01T06:01:05Z","topValue":2}
                {"windowEnd":"2014-01-01T06:01:10Z","topValue":3}
                {"windowEnd":"2014-01-01T06:01:15Z","topValue":4}
                {"windowEnd":"2014-01-01T06:01:20Z","topValue":4}
                {"windowEnd":"2014-01-01T06:01:25Z","topValue":4}
                {"windowEnd":"2014-01-01T06:01:30Z","topValue":5}
                {"windowEnd":"2014-01-01T06:01:35Z","topValue":6}
                {"windowEnd":"2014-01-01T06:01:40Z","topValue":6}
                {"windowEnd":"2014-01-01T06:01:45Z","topValue":6}
                """,
                "collected",
                """
                {"lowest":1,"two":[{"rank":1,"value":{"time":"2014-01-01T06:01:00Z","value":1}}],"all_values":[2]}
                {"lowest":2,"two":[{"rank":1,"value":{"time":"2014-01-01T06:01:10Z","value":3}},{"rank":2,"value":{"time":"2014-01-01T06:01:05Z","value":2}}],"all_values":[3,4]}
                {"lowest":4,"two":[{"rank":1,"value":{"time":"2014-01-01T06:01:15Z","value":4}}],"all_values":[5]}
                {"lowest":5,"two":[{"rank":1,"value":{"time":"2014-01-01T06:01:30Z","value":5}}],"all_values":[6]}
                {"lowest":6,"two":[{"rank":1,"value":{"time":"2014-01-01T06:01:35Z","value":6}}],"all_values":[7]}
                """,
                "percentiles",
                """
                {"c":0.988,"d":0.99,"reversed":0.988}
                """));
  }

  @Test
  void findsElementsAndPropertiesByData() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT i.DeviceId, i.SensorReadings.Temperature, i.SensorReadings.CustomSensor AS CustomSensorArray,
              GetArrayElement(i.SensorReadings.CustomSensor, 0) AS FirstValue,
              GetArrayElement(CAST(i.SensorReadings.CustomSensor AS array), position) AS Found,
              GetRecordPropertyValue(CAST(i.Limits AS record), i.Sensor) AS threshold
            INTO found FROM input i
            """,
            Map.of(
                "input",
                """
                {"DeviceId":"631","SensorReadings":{"Temperature":81,"Humidity":69,"CustomSensor":[0,1,0]},"position":1,"Sensor":"Temperature","Limits":{"Temperature":85,"Humidity":65}}
                {"DeviceId":"123","SensorReadings":{"Temperature":80,"Humidity":70,"CustomSensor":[1,1,0]},"position":3,"Sensor":"other","Limits":{"Temperature":85,"Humidity":65}}
                """))
        .writes(
            Map.of(
                "found",
                """
                {"DeviceId":"631","Temperature":81,"CustomSensorArray":[0,1,0],"FirstValue":0,"Found":1,"threshold":85}
                {"DeviceId":"123","Temperature":80,"CustomSensorArray":[1,1,0],"FirstValue":1,"Found":null,"threshold":null}
                """));
  }

  @Test
  void typesAreThoseOfColumns() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT GetType(a) AS a, GetType(b & 1) AS b, GetType(t) AS t, GetType(r) AS r, GetType(l) AS l,
              GetType(a + 0.5) AS f INTO types FROM i WHERE GetType(s) = 'nvarchar(max)'
            SELECT GetType(unknown) AS u INTO nothing FROM i
            """,
            Map.of("i", "{\"a\":1,\"b\":2,\"s\":\"x\",\"t\":true,\"r\":{\"x\":1},\"l\":[1]}\n"));

    imported.writesAtLeast(
        Map.of(
            "types",
            """
            {"a":"bigint","b":"bigint","t":"bit","r":"record","l":"array","f":"float"}
            """));
    assertThat(imported.job().report().lines())
        .anyMatch(
            line -> line.contains("output nothing: GetType: the type of the column is not known"))
        .anyMatch(line -> line.contains("GetType is 'nvarchar(max)' for all events"));
  }

  @Test
  void geospatialFunctionsGiveDocumentedResults() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT CreatePoint(lat, lon) AS point,
              CreateLineString(CreatePoint(lat, lon), CreatePoint(10.0, 10.0), CreatePoint(10.5, 10.5)) AS line,
              CreatePolygon(CreatePoint(lat, lon), CreatePoint(10.0, 10.0), CreatePoint(10.5, 10.5), CreatePoint(lat, lon)) AS polygon
            INTO geometries FROM positions
            SELECT ROUND(ST_DISTANCE(a, b), 2) AS meters, ST_WITHIN(c, square) AS w, ST_OVERLAPS(square, other) AS o,
              ST_INTERSECTS(road, path) AS i INTO relations FROM shapes
            SELECT id INTO outside FROM unknown WHERE ST_WITHIN(position, area) = 0 AND ST_INTERSECTS(l, m) = 1
              AND ST_OVERLAPS(area, area) = 0 AND ST_DISTANCE(position, home) < 100
            """,
            Map.of(
                "positions",
                "{\"lat\":3.0,\"lon\":-10.2}\n",
                "shapes",
                """
                {"a":{"type":"Point","coordinates":[-5.0,-5.0]},"b":{"type":"Point","coordinates":[0.0,0.0]},
                 "c":{"type":"Point","coordinates":[76.6,10.1]},
                 "square":{"type":"Polygon","coordinates":[[[0,0],[20,0],[20,20],[0,20],[0,0]]]},
                 "other":{"type":"Polygon","coordinates":[[[10,10],[40,10],[40,40],[10,40],[10,10]]]},
                 "road":{"type":"LineString","coordinates":[[-10.0,0.0],[0.0,0.0],[10.0,0.0]]},
                 "path":{"type":"LineString","coordinates":[[0.0,10.0],[0.0,0.0],[0.0,-10.0]]}}
                """
                    .replaceAll("\\n +", "")));

    imported.writes(
        Map.of(
            "geometries",
            """
            {"point":{"type":"Point","coordinates":[-10.2,3.0]},
             "line":{"type":"LineString","coordinates":[[-10.2,3.0],[10.0,10.0],[10.5,10.5]]},
             "polygon":{"type":"Polygon","coordinates":[[[-10.2,3.0],[10.0,10.0],[10.5,10.5],[-10.2,3.0]]]}}
            """
                .replaceAll("\\n +", ""),
            "relations",
            """
            {"meters":784028.74,"w":0,"o":1,"i":1}
            """));
    assertThat(imported.job().files().get("job.yaml"))
        .contains(
            "position: \"ROW<`type` STRING, `coordinates` ARRAY<DOUBLE>>\"",
            "area: \"ROW<`type` STRING, `coordinates` ARRAY<ARRAY<ARRAY<DOUBLE>>>>\"");
  }

  @Test
  void propertiesOfRecordsAreRows() throws Exception {
    ImportedJob.of(
            folder,
            """
            SELECT id, p.PropertyName AS name, p.PropertyValue AS v INTO properties
            FROM sensors s CROSS APPLY GetRecordProperties(s.readings) AS p
            """,
            Map.of("sensors", "{\"id\":1,\"readings\":{\"t\":80,\"h\":70.5}}\n"))
        .writes(
            Map.of(
                "properties",
                """
                {"id":1,"name":"t","v":80.0}
                {"id":1,"name":"h","v":70.5}
                """));
  }

  @Test
  void propertiesCanHaveAnyNames() throws Exception {
    ImportedJob imported =
        ImportedJob.of(
            folder,
            """
            SELECT id, p.PropertyName AS name, p.PropertyValue AS v, GetRecordPropertyValue(m.found, m.wanted) AS wanted
            INTO properties FROM sensors m OUTER APPLY GetRecordProperties(m.found) AS p
            SELECT id INTO high FROM sensors WHERE GetRecordPropertyValue(limits, wanted) > 5
            """,
            Map.of());
    Path sample = folder.resolve("job/tests/sample/sensors.jsonl");
    Files.createDirectories(sample.getParent());
    Files.writeString(
        sample,
        """
        {"id":"a","wanted":"x","found":{"x":1,"y":{"z":[2]}},"limits":{"x":9}}
        {"id":"b","wanted":"x","found":{},"limits":{"y":9}}
        """);

    imported.writes(
        Map.of(
            "properties",
            """
            {"id":"a","name":"x","v":"1","wanted":"1"}
            {"id":"a","name":"y","v":"{\\"z\\":[2]}","wanted":"1"}
            {"id":"b","name":null,"v":null,"wanted":null}
            """,
            "high",
            """
            {"id":"a"}
            """));
  }
}
