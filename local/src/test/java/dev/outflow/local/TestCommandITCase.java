package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./outflow test} with passing, failing and invalid test cases. */
class TestCommandITCase {
  private static final String JOB =
      """
      name: clicks
      inputs:
        clicks:
          connector: kafka
          bootstrap-servers: broker:9092
          topic: clicks
          format: json
          columns:
            page: STRING
            clicked_at: TIMESTAMP_LTZ(3)
            number: INT
            price: DECIMAL(4, 2)
            tags: ARRAY<STRING>
            visitor: ROW<name STRING, age INT>
          event-time: { column: clicked_at }
      queries:
        expensive: SELECT *, UUID() AS id FROM clicks WHERE price >= 10
        counts: >
          SELECT page, COUNT(*) AS clicks FROM TUMBLE(TABLE clicks, DESCRIPTOR(clicked_at),
          INTERVAL '1' MINUTE) GROUP BY page, window_start, window_end
      outputs:
        expensive: { bootstrap-servers: "broker:9092", topic: expensive, format: json }
        counts: { bootstrap-servers: "broker:9092", topic: counts, format: json }
      """;
  private static final String CLICKS =
      """
      {"page":"home","clicked_at":"2026-11-24T10:00:00Z","number":1,"price":9.99}
      {"page":"home","clicked_at":"2026-11-24T10:00:59Z","price":10,"tags":["a","b"],"visitor":{"name":"Ana"}}
      {"page":"shop","clicked_at":"2026-11-24T10:00:30Z","number":-7}
      """;

  private final OutflowCommand outflow = new OutflowCommand();
  @TempDir private Path folder;

  @BeforeEach
  void writeJob() throws IOException {
    write("job.yaml", JOB);
  }

  @Test
  void passesAfterAcceptingTheActualOutput() throws IOException {
    write("tests/some/clicks.jsonl", CLICKS);
    write("tests/some/test.yaml", "ignore: expensive.id\n");

    assertThat(outflow.run("test", "--accept", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(outflow.out())
        .contains("written    " + folder + "/tests/some\n")
        .contains("  " + folder + "/tests/some/expected/counts.jsonl\n")
        .endsWith("1 case accepted; review the changes before you commit them\n");
    assertThat(folder.resolve("tests/some/expected/expensive.jsonl"))
        .hasContent(
            "{\"page\":\"home\",\"clicked_at\":\"2026-11-24T10:00:59Z\",\"number\":null,\"price\":10.00,"
                + "\"tags\":[\"a\",\"b\"],\"visitor\":{\"name\":\"Ana\",\"age\":null}}");
    assertThat(folder.resolve("tests/some/expected/counts.jsonl"))
        .hasContent("{\"page\":\"home\",\"clicks\":2}\n{\"page\":\"shop\",\"clicks\":1}");

    assertThat(outflow.run("test", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(outflow.out())
        .containsPattern("ok      " + folder + "/tests/some  \\d+\\.\\d s\n")
        .endsWith("1 case passed\n");

    assertThat(outflow.run("test", "--accept", folder + "/tests")).isZero();
    assertThat(outflow.out()).contains("unchanged  " + folder + "/tests/some\n");
  }

  @Test
  void acceptsOnlyWhatHasChanged() throws IOException {
    write("tests/some/clicks.jsonl", CLICKS);
    write("tests/some/test.yaml", "outputs: [counts]\n");
    String unsorted =
        "{\"clicks\": 1, \"page\": \"shop\"}\r\n\n{\"page\": \"home\", \"clicks\": 2.0}";
    write("tests/some/expected/counts.jsonl", unsorted);

    assertThat(outflow.run("test", "--accept", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(outflow.out()).contains("unchanged  " + folder + "/tests/some\n");
    assertThat(folder.resolve("tests/some/expected/counts.jsonl")).content().isEqualTo(unsorted);

    write("tests/some/clicks.jsonl", CLICKS + CLICKS.replace("home", "help"));
    write("tests/some/expected/counts.jsonl", unsorted + "\n{\"pge\":1}\n");
    assertThat(outflow.run("test", "--accept", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(folder.resolve("tests/some/expected/counts.jsonl"))
        .content()
        .isEqualTo(
            """
            {"page":"help","clicks":2}
            {"page": "home", "clicks": 2.0}
            {"page":"shop","clicks":2}
            """);
  }

  @Test
  void showsTheDifferenceOfAFailedTestCaseAndRunsTheOthers() throws IOException {
    write("tests/fails/clicks.jsonl", CLICKS);
    write("tests/fails/test.yaml", "outputs: [counts]\n");
    write(
        "tests/fails/expected/counts.jsonl",
        "{\"page\":\"home\",\"clicks\":3}\n{\"page\":\"help\",\"clicks\":9}\n");
    write("tests/passes/expected/expensive.jsonl", "");
    write("tests/passes/expected/counts.jsonl", "");

    assertThat(outflow.run("test", folder + "/tests")).as(outflow.err()).isEqualTo(1);
    assertThat(outflow.out().replaceAll("\\d+\\.\\d s", "TIME"))
        .isEqualTo(
            """
            FAILED  FOLDER/tests/fails  TIME
              counts: expected 2 rows, got 2
                - {"page":"help","clicks":9}
                - {"page":"home","clicks":3}
                + {"page":"home","clicks":2}
                  clicks: expected 3, got 2
                + {"page":"shop","clicks":1}
            ok      FOLDER/tests/passes  TIME
              note: input 'clicks' has no rows: FOLDER/tests/passes/clicks.jsonl not found; an empty file says that this is intended
            1 of 2 cases failed; if the actual output is correct, --accept makes it the expected output
            """
                .replace("FOLDER", folder.toString()));
  }

  @Test
  void runsTheJobInAnEnvironment() throws IOException {
    write("job.lenient.yaml", "inputs: { clicks: { on-error: drop } }\n");
    write("tests/clicks.jsonl", "{\"number\":\"many\"}\n");
    write("tests/expected/counts.jsonl", "");
    write("tests/test.yaml", "outputs: counts\n");

    assertThat(outflow.run("test", folder + "/tests")).isEqualTo(2);
    assertThat(outflow.run("test", folder + "/tests", "--env", "lenient"))
        .as(outflow.err())
        .isZero();
    assertThat(outflow.out()).contains("column 'number': the text is not a valid INT; drop");
    write("tests/test.yaml", "outputs: counts\nenv: lenient\n");
    assertThat(outflow.run("test", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(outflow.run("test", folder + "/tests", "--env", "strict")).isEqualTo(2);
    assertThat(outflow.err())
        .contains("--env strict  file not found: " + folder + "/job.strict.yaml; create it with");
  }

  @Test
  void failsIfTheJobFails() throws IOException {
    write("tests/clicks.jsonl", CLICKS);
    write(
        "tests/test.yaml", "set: queries.expensive=SELECT CAST(page AS INT) AS page FROM clicks\n");

    assertThat(outflow.run("test", "--accept", folder + "/tests")).isEqualTo(1);
    assertThat(outflow.out())
        .contains("FAILED  " + folder + "/tests")
        .contains("  the job failed: NumberFormatException: For input string: 'home'");
    assertThat(folder.resolve("tests/expected")).doesNotExist();
  }

  @Test
  void reportsAllProblemsOfTestCasesAtOnceAndRunsNone() throws IOException {
    write(
        "tests/a/clicks.jsonl",
        """
        {"page":"home"
        {"pge":"home","number":"1","price":100}

        [1]
        {"page":5,"clicked_at":"yesterday","number":1.5,"price":1.001,"tags":"a","visitor":{"nme":"x"}}
        """);
    write("tests/b/click.jsonl", "");
    write("tests/b/expected/count.jsonl", "");
    write("tests/c/test.yaml", "jbo: job.yaml\n");
    write("tests/d/test.yaml", "ignore: [idd]\noutputs: [count]\n");
    write("tests/e/clicks.csv", "page,number\nhome,one\nhome\n");
    write("tests/e/test.yaml", "outputs: []\n");
    Files.createDirectories(folder.resolve("tests/f"));
    write("tests/g/test.yaml", "job: ../../jobs.yaml\n");

    assertThat(outflow.run("test", folder + "/tests")).isEqualTo(2);
    assertThat(outflow.out()).isEmpty();
    assertThat(outflow.err().replace(folder + "/tests/", "").replace(folder + "/", ""))
        .isEqualTo(
            """
            a/clicks.jsonl:1:1  InputDeserializerError.InvalidData: cannot decode 14 bytes as json (expected a comma or '}' at byte 14 but found the end of the message)
            a/clicks.jsonl:2:28  price  InputDeserializerError.TypeConversionError: the number is out of range for DECIMAL(4, 2)
            a/clicks.jsonl:4:1  InputDeserializerError.InvalidData: a JSON document must be an object or an array of objects
            a/clicks.jsonl:5:11  clicked_at  InvalidInputTimeStamp: the text is not a valid TIMESTAMP_LTZ(3); expected ISO 8601, e.g. 2026-11-24T10:15:00Z
            a/expected/counts.jsonl  is missing; create it (empty if no rows are expected), or run './outflow test --accept a'
            a/expected/expensive.jsonl  is missing; create it (empty if no rows are expected), or run './outflow test --accept a'
            b/click.jsonl  is not an input of the job; did you mean 'clicks'?
            b/expected/count.jsonl  is not an output that is compared; did you mean 'counts'?
            b/expected/counts.jsonl  is missing; create it (empty if no rows are expected), or run './outflow test --accept b'
            b/expected/expensive.jsonl  is missing; create it (empty if no rows are expected), or run './outflow test --accept b'
            c/test.yaml:1:1  jbo  unknown key; expected one of job, env, set, ignore, ordered, outputs
            d/test.yaml:1:1  ignore  no output has a column 'idd'; did you mean 'id'?
            d/test.yaml:2:1  outputs  unknown output 'count'; did you mean 'counts'?
            e/clicks.csv:2:1  number  InputDeserializerError.TypeConversionError: the text is not a valid INT
            e/clicks.csv:3:1  expected 2 values, as in the header; found 1
            f  contains no test case; put the rows of an input in <input>.jsonl
            g/test.yaml:1:1  job  file not found: jobs.yaml
            17 problems
            """);
  }

  @Test
  void readsRowsAsTheInputsDoAndNotesWhatTheyDrop() throws IOException {
    write(
        "job.yaml",
        """
        name: visits
        inputs:
          visits:
            connector: kafka
            bootstrap-servers: broker:9092
            topic: visits
            format: csv
            on-error: drop
            columns: { page: STRING, n: INT }
          pages:
            connector: filesystem
            path: /data/pages
            format: csv
            columns: { page: STRING, title: STRING }
          unused:
            connector: filesystem
            path: /data/unused
            format: csv
            columns: { page: STRING }
        queries:
          titles: SELECT title, n FROM visits JOIN pages ON visits.page = pages.page
          sums: SELECT n + 1 AS n FROM visits
        outputs:
          titles: { bootstrap-servers: "broker:9092", topic: titles, format: json }
          sums: { bootstrap-servers: "broker:9092", topic: sums, format: json }
        """);
    write("tests/csv/visits.csv", "home,1\nhome,x\nshop,3.0\n");
    write("tests/csv/pages.csv", "home,Home\n");
    write("tests/csv/expected/titles.jsonl", "{\"title\":\"Home\",\"n\":1}\n");
    write("tests/csv/test.yaml", "outputs: titles\n");
    write("tests/json/visits.jsonl", "{\"page\":\"home\",\"n\":1}\n");
    write("tests/json/pages.jsonl", "{\"page\":\"home\",\"title\":\"Home\"}\n");
    write("tests/json/expected/titles.jsonl", "{\"title\":\"Home\",\"n\":1}\n");
    write("tests/json/test.yaml", "outputs: titles\n");
    write("tests/none/visits.csv", "home,1\n");
    write("tests/none/expected/titles.jsonl", "");
    write("tests/none/expected/sums.jsonl", "{\"n\":2}\n");

    assertThat(outflow.run("test", folder + "/tests")).as(outflow.err()).isZero();
    assertThat(outflow.out().replaceAll("\\d+\\.\\d s", "TIME"))
        .isEqualTo(
            """
            ok      FOLDER/tests/csv  TIME
              note: FOLDER/tests/csv/visits.csv: row 2: InputDeserializerError.TypeConversionError: column 'n': the text is not a valid INT; drop
            ok      FOLDER/tests/json  TIME
            ok      FOLDER/tests/none  TIME
              note: input 'pages' has no rows: FOLDER/tests/none/pages.jsonl not found; an empty file says that this is intended
            3 cases passed
            """
                .replace("FOLDER", folder.toString()));
  }

  @Test
  void rejectsMissingFolder() {
    assertThat(outflow.run("test", folder + "/tests")).isEqualTo(2);
    assertThat(outflow.err())
        .isEqualTo(
            folder
                + "/tests  folder not found; a test case is a folder with a file of rows"
                + " for each input, e.g. conf/tests/late/orders.jsonl\n");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }
}
