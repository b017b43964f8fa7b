package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types that queries ask for or convert to, where no declaration tells them. */
class InferredTypesTest {
  @TempDir private Path folder;

  @Test
  void tryCastToArrayKeepsEventsWithOtherValues() throws Exception {
    ImportedJob imported =
        imported(
            """
            WITH valid AS (
              SELECT id, TRY_CAST(list AS array) AS list FROM readings TIMESTAMP BY time
            )
            SELECT id INTO rejected FROM valid WHERE list IS NULL
            SELECT id, COUNT(a.ArrayValue) AS n INTO counts FROM valid CROSS APPLY GetArrayElements(list) AS a
            GROUP BY id, System.Timestamp()
            SELECT id, list INTO passed FROM valid WHERE list IS NOT NULL
            """,
            """
            {"id":"a","time":"2023-01-01T00:00:01Z","list":["x","y"]}
            {"id":"b","time":"2023-01-01T00:00:02Z","list":{}}
            {"id":"c","time":"2023-01-01T00:00:03Z","list":[1,2.5,null,{"z":[]}]}
            {"id":"d","time":"2023-01-01T00:00:04Z","list":"x"}
            {"id":"e","time":"2023-01-01T00:00:05Z"}
            """);

    imported.writes(
        Map.of(
            "rejected",
            """
            {"id":"b"}
            {"id":"d"}
            {"id":"e"}
            """,
            "counts",
            """
            {"id":"a","n":2}
            {"id":"c","n":3}
            """,
            "passed",
            """
            {"id":"a","list":["x","y"]}
            {"id":"c","list":["1","2.5",null,"{\\"z\\":[]}"]}
            """));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("TRY_CAST to array: the elements are text here"));
  }

  @Test
  void tryCastOfAnArrayToArrayIsReported() throws Exception {
    ImportedJob imported =
        imported(
            "SELECT id, GetArrayLength(TRY_CAST(list AS array)) AS n INTO lengths FROM readings",
            "{\"id\":\"a\",\"list\":[1,2]}\n");

    imported.writes(Map.of("lengths", "{\"id\":\"a\",\"n\":2}\n"));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("a value of another type is an invalid event"));
  }

  @Test
  void getTypeTellsTheTypeThatItIsComparedWith() throws Exception {
    JobImport job =
        ImportedJob.of(
                folder,
                """
                SELECT id INTO timed FROM readings WHERE GetType(at) = 'datetime'
                SELECT id INTO numbers FROM readings WHERE GetType(number) = 'bigint'
                SELECT id INTO others FROM readings WHERE GetType(x) <> 'bigint'
                SELECT id INTO mixed FROM readings WHERE GetType(m) = 'float' OR GetType(m) = 'bigint'
                """,
                Map.of())
            .job();

    assertThat(job.files().get("job.yaml")).contains("at: TIMESTAMP_LTZ(3)", "number: BIGINT");
    assertThat(job.report().lines())
        .anyMatch(line -> line.contains("GetType is 'datetime' for all events"))
        .anyMatch(line -> line.contains("output mixed: GetType: the type of the column is not"))
        .anyMatch(line -> line.contains("output others: GetType: the type of the column is not"))
        .noneMatch(line -> line.contains("output timed") || line.contains("output numbers"));
  }

  @Test
  void propertiesOfParsedTextsHaveTheTypesOfTheirUse() throws Exception {
    ImportedJob imported =
        imported(
            """
            WITH parsed AS (SELECT id, JSON_PARSE(change.text) AS p FROM readings)
            SELECT id, p.name, p.size * 2 AS size, p.inner.x AS x, GetRecordPropertyValue(p, 'inner') AS deep,
              DATEDIFF(second, p.at, '2023-01-01T00:00:05Z') AS age
            INTO properties FROM parsed
            SELECT id INTO others FROM parsed WHERE p IS NULL
            SELECT id, p.* INTO flat FROM parsed WHERE p.size > 1
            """,
            """
            {"id":"a","change":{"text":"{\\"name\\":\\"n\\",\\"size\\":\\"3\\",\\"inner\\":{\\"x\\":1},\\"at\\":\\"2023-01-01T00:00:01Z\\"}"}}
            {"id":"b","change":{"text":"{\\"size\\":0.5}"}}
            {"id":"c","change":{"text":"[1]"}}
            {"id":"d","change":{"text":"{"}}
            """);

    imported.writes(
        Map.of(
            "properties",
            """
            {"id":"a","name":"n","size":6.0,"x":"1","deep":"{\\"x\\":1}","age":4}
            {"id":"b","name":null,"size":1.0,"x":null,"deep":null,"age":null}
            {"id":"c","name":null,"size":null,"x":null,"deep":null,"age":null}
            {"id":"d","name":null,"size":null,"x":null,"deep":null,"age":null}
            """,
            "others",
            """
            {"id":"c"}
            {"id":"d"}
            """,
            "flat",
            """
            {"id":"a","undeclared_text":"{\\"name\\":\\"n\\",\\"size\\":\\"3\\",\\"inner\\":{\\"x\\":1},\\"at\\":\\"2023-01-01T00:00:01Z\\"}"}
            """));
    assertThat(imported.job().report().lines())
        .anyMatch(line -> line.contains("JSON_PARSE: properties are text here"));
  }

  @Test
  void aParsedRecordIsNotWrittenAsText() throws Exception {
    JobImport job =
        imported(
                """
                WITH parsed AS (SELECT id, JSON_PARSE(id) AS p FROM readings TIMESTAMP BY time)
                SELECT id, JSON_PARSE(id) AS p INTO records FROM readings TIMESTAMP BY time
                SELECT udf.f(p) AS f INTO results FROM parsed
                SELECT Collect() AS events INTO collected FROM parsed GROUP BY TumblingWindow(second, 5)
                SELECT GetType(p) AS type INTO types FROM parsed
                """,
                "{\"id\":\"{}\",\"time\":\"2023-01-01T00:00:01Z\"}\n")
            .job();

    assertThat(job.report().lines())
        .anyMatch(line -> line.contains("output records: the fields of the record 'p' that JSON_"))
        .anyMatch(line -> line.contains("output results: the record that JSON_PARSE returns is"))
        .anyMatch(line -> line.contains("output collected: the fields of the record 'p' that"))
        .anyMatch(line -> line.contains("GetType is 'record' for all events"));
  }

  @Test
  void valuesThatStandInForAColumnTellItsType() throws Exception {
    JobImport job =
        ImportedJob.of(
                folder,
                """
                SELECT COALESCE(level, 0) AS level, CASE WHEN id = 'a' THEN 1.5 ELSE width END AS width,
                  COALESCE(name, 'none') AS name
                INTO filled FROM readings
                """,
                Map.of())
            .job();

    assertThat(job.report().isComplete()).as(String.join("\n", job.report().lines())).isTrue();
    assertThat(job.files().get("job.yaml"))
        .contains("level: DOUBLE", "width: DOUBLE", "name: STRING");
  }

  @Test
  void namesOfTSqlAreTypes() throws Exception {
    imported(
            "SELECT 'n' + CAST(n AS varchar(10)) AS text, CAST(id AS int) AS id INTO texts FROM readings",
            "{\"id\":\"7\",\"n\":12}\n")
        .writes(Map.of("texts", "{\"text\":\"n12\",\"id\":7}\n"));
  }

  @Test
  void elementsThatAreRecordsReachWindows() throws Exception {
    imported(
            """
            SELECT id, MAX(e.ArrayValue.v) AS top INTO tops FROM readings TIMESTAMP BY time
            CROSS APPLY GetElements(list) AS e GROUP BY id, TumblingWindow(second, 10)
            SELECT id, e.ArrayIndex AS i, e.ArrayValue AS element INTO elements FROM readings TIMESTAMP BY time
            OUTER APPLY GetArrayElements(list) AS e
            """,
            """
            {"id":"a","time":"2023-01-01T00:00:01Z","list":[{"v":1,"w":"x"},{"v":3,"w":null}]}
            {"id":"b","time":"2023-01-01T00:00:02Z","list":[]}
            """)
        .writes(
            Map.of(
                "tops",
                """
                {"id":"a","top":3}
                """,
                "elements",
                """
                {"id":"a","i":0,"element":{"v":1,"w":"x"}}
                {"id":"a","i":1,"element":{"v":3,"w":null}}
                {"id":"b","i":null,"element":null}
                """));
  }

  private ImportedJob imported(String script, String readings) throws Exception {
    return ImportedJob.of(folder, script, Map.of("readings", readings));
  }
}
