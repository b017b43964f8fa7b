package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionImportTest {
  private static final String LAST =
      "function main() { this.init = function () { this.s = ''; };"
          + " this.accumulate = function (value, timestamp) { this.s = value + this.s; };"
          + " this.computeResult = function () { return this.s; }; }";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> lines(JobImport job) {
    return job.report().findings().stream()
        .filter(finding -> !finding.kind().equals(Finding.Kind.DIFFERS))
        .map(finding -> finding.file() + " " + finding.kind() + " " + finding.message())
        .toList();
  }

  @Test
  void importsFunctionsOfProjectsAndRunsThem() throws Exception {
    file(
        "asaproj.json",
        """
        { "name": "devices", "startFile": "Script.asaql", "configurations": [
          { "filePath": "Inputs\\\\readings.json", "subType": "InputMock" },
          { "filePath": "Functions\\\\hex2Int.js.json", "subType": "JSFunctionConfig" },
          { "filePath": "Functions\\\\join.json", "subType": "JavaScriptFunction" },
          { "filePath": "Functions\\\\predict.json", "subType": "CSharpFunction" },
          { "filePath": "Functions\\\\score.json", "subType": "AzureMLFunction" } ] }
        """);
    file(
        "Script.asaql",
        """
        SELECT device, UDF.hex2Int(offset) AS number INTO numbers FROM readings;
        SELECT device, uda.join(offset) AS offsets INTO joined FROM readings TIMESTAMP BY at
        GROUP BY device, TumblingWindow(second, 10);
        SELECT udf.predict(offset) AS p INTO predictions FROM readings
        """);
    file(
        "Inputs/readings.json",
        "{\"InputAlias\":\"readings\",\"Type\":\"Data Stream\",\"FilePath\":\"readings.data.json\"}");
    file(
        "Inputs/readings.data.json",
        """
        {"device":"a","offset":"1F","at":"2026-01-01T00:00:01Z"}
        {"device":"a","offset":"100","at":"2026-01-01T00:00:02Z"}
        """);
    file(
        "Functions/hex2Int.js.json",
        "{\"Name\":\"hex2Int\",\"Type\":\"Scalar\",\"OutputType\":\"bigint\",\"FunctionInputs\":[{\"DataType\":\"nvarchar(max)\"}]}");
    file(
        "Functions/hex2Int.js",
        "// Hex to number.\nfunction hex2Int(x) { return parseInt(x, 16); }\n");
    file(
        "Functions/join.json",
        "{\"Name\":\"join\",\"Type\":\"Aggregate\",\"OutputType\":\"nvarchar(max)\",\"JSCode\":\"%s\"}"
            .formatted(LAST));
    file("Functions/predict.json", "{\"Name\":\"predict\",\"ScriptType\":\"CSharpFunction\"}");
    file("Functions/score.json", "{\"Name\":\"score\"}");

    JobImport job = JobImport.of(folder, Map.of(), Optional.empty());

    assertThat(job.files().get("functions/udf_hex2Int.js"))
        .isEqualTo("// Hex to number.\nfunction hex2Int(x) { return parseInt(x, 16); }\n");
    assertThat(job.files().get("job.yaml"))
        .contains(
            """
            functions:
              udf_hex2Int:
                script: functions/udf_hex2Int.js
                returns: BIGINT
              uda_join:
                script: functions/uda_join.js
                returns: STRING
            """);
    assertThat(lines(job))
        .contains(
            "Functions/predict.json missing the function 'predict' is in C#; write it in Java, and declare it: functions: { udf_predict: com.acme.Predict }",
            "Functions/score.json missing the function 'score' calls a model of Azure Machine Learning; use CREATE MODEL and ML_PREDICT of Flink, or call the endpoint in an AsyncScalarFunction in Java and declare it in 'functions'")
        .anyMatch(line -> line.contains("udf.predict is not a function in JavaScript of the job"));
    ImportedJob.of(folder, job)
        .writesAtLeast(
            Map.of(
                "numbers",
                "{\"device\":\"a\",\"number\":31}\n{\"device\":\"a\",\"number\":256}\n",
                "joined",
                "{\"device\":\"a\",\"offsets\":\"1001F\"}\n"));
  }

  @Test
  void importsFunctionsOfTemplates() throws Exception {
    Path template =
        file(
            "job.json",
            """
            { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "devices",
              "properties": {
                "transformation": { "properties": { "query":
                  "SELECT udf.sum(a, b) AS total, udf.modern(a) AS m INTO o FROM i; SELECT UDF.sum(a, 1) AS total INTO p FROM i" } },
                "functions": [ { "name": "sum", "properties": { "type": "Scalar", "properties": {
                  "inputs": [ { "dataType": "float" }, { "dataType": "float" } ],
                  "output": { "dataType": "Any" },
                  "binding": { "type": "Microsoft.StreamAnalytics/JavascriptUdf",
                    "properties": { "script": "function (x, y) { return x + y; }" } } } } } ] },
              "resources": [ { "type": "functions", "name": "modern", "properties": { "type": "Scalar",
                "properties": { "output": { "dataType": "bigint" },
                  "binding": { "type": "Microsoft.StreamAnalytics/JavascriptUdf",
                    "properties": { "script": "class A {}\\nfunction main(x) { return 1; }" } } } } } ] } ] }
            """);

    JobImport job = JobImport.of(template, Map.of(), Optional.empty());

    assertThat(job.files()).containsKeys("functions/udf_sum.js", "queries/p.sql");
    assertThat(job.files().get("queries/p.sql")).contains("`udf_sum`(`i`.`a`, 1)");
    assertThat(job.files().get("job.yaml")).contains("a: DOUBLE").doesNotContain("udf_modern");
    assertThat(lines(job))
        .contains(
            "job.json decide functions.udf_sum.returns is STRING, because the function 'sum' returns any and is only passed on: set it to the SQL type of the result; a result of another type fails the job",
            "job.json missing the script of the function 'modern' does not run: line 1: identifier is a reserved word: class; see docs/transform.md#functions-in-javascript for what it can use");
  }

  @Test
  void passesTheTimeOfEventsToAggregatesInWindows() throws Exception {
    Path template =
        file(
            "job.json",
            """
            { "resources": [ { "type": "Microsoft.StreamAnalytics/streamingjobs", "name": "devices",
              "properties": {
                "transformation": { "properties": { "query":
                  "SELECT uda.first(a) AS f INTO o FROM i TIMESTAMP BY t GROUP BY TumblingWindow(second, 5); SELECT uda.first(a) OVER (LIMIT DURATION(second, 5)) AS f INTO p FROM i TIMESTAMP BY t" } },
                "functions": [ { "name": "first", "properties": { "type": "Aggregate", "properties": {
                  "output": { "dataType": "datetime" },
                  "binding": { "type": "Microsoft.StreamAnalytics/JavascriptUda",
                    "properties": { "script": "function main() { this.init = function () { this.t = null; }; this.accumulate = function (value, time) { this.t = this.t || time; }; this.computeResult = function () { return this.t; }; }" } } } } } ] } } ] }
            """);

    JobImport job = JobImport.of(template, Map.of(), Optional.empty());

    assertThat(job.files().get("queries/o.sql"))
        .contains("`uda_first`(`i`.`a`, CAST(`i`.`t` AS TIMESTAMP_LTZ(3)))");
    assertThat(lines(job))
        .anyMatch(
            line ->
                line.contains(
                    "output p: uda.first uses the time of events in accumulate, which the import passes in windows only; call uda_first(value, time) with the event-time column in Flink"));
  }

  @Test
  void passesTheEventThatTheNameOfAnInputStandsFor() throws Exception {
    file(
        "weighted.js",
        "function main() { this.init = function () { this.sum = 0; };"
            + " this.accumulate = function (value, timestamp) { this.sum += value.level * value.weight; };"
            + " this.computeResult = function () { return this.sum; }; }");
    file("width.js", "function main(event) { return event.name.length; }");
    Path readings =
        file(
            "readings.json",
            """
            {"at":"2026-01-01T00:00:01Z","db":80,"seconds":2,"name":"one"}
            {"at":"2026-01-01T00:00:02Z","db":50,"seconds":1,"name":"three"}
            """);
    Path script =
        file(
            "query.asaql",
            """
            WITH noise AS (SELECT db AS level, seconds AS weight FROM readings TIMESTAMP BY at)
            SELECT uda.weighted(noise) * 1 AS w INTO sums FROM noise GROUP BY TumblingWindow(minute, 1)
            SELECT udf.width(readings) * 1 AS n INTO widths FROM readings TIMESTAMP BY at
            """);

    ImportedJob imported =
        ImportedJob.of(
            folder, JobImport.of(script, Map.of("readings", readings), Optional.empty()));

    imported.writes(Map.of("sums", "{\"w\":210.0}\n", "widths", "{\"n\":3.0}\n{\"n\":5.0}\n"));
    assertThat(lines(imported.job()))
        .contains(
            "query.asaql decide uda.weighted gets the declared columns only: level, weight",
            "query.asaql decide udf.width gets the declared columns only: at, db, seconds, name");
  }

  @Test
  void aScriptWithoutAProjectGetsTheFunctionsNextToItOrPlaceholders() throws Exception {
    file("Functions/split.js", "function split(text) { return text.split(','); }");
    Path script =
        file(
            "query.asaql",
            """
            WITH s AS (SELECT id, udf.split(list) AS parts FROM i)
            SELECT s.id, p.ArrayValue AS part INTO o FROM s CROSS APPLY GetArrayElements(s.parts) AS p
            SELECT id, UDF.Size(list) * 2 AS size INTO p FROM i
            SELECT uda.median(v) AS m INTO q FROM i GROUP BY SlidingWindow(second, 5)
            """);

    JobImport job = JobImport.of(script, Map.of(), Optional.empty());

    assertThat(job.files().get("functions/udf_split.js")).contains("text.split(',')");
    assertThat(job.files().get("functions/udf_Size.js"))
        .contains("throw new Error('paste the script of Size into this file')");
    assertThat(job.files().get("job.yaml"))
        .contains("returns: ARRAY<STRING>", "returns: DOUBLE", "uda_median:");
    assertThat(lines(job))
        .contains(
            "query.asaql decide the script of udf.Size is not in the file: paste it into functions/udf_Size.js, which fails the job until then",
            "Functions/split.js decide functions.udf_split.returns is ARRAY<STRING>, because the function 'split' returns any and is used as an array: set it to the SQL type of the result; a result of another type fails the job");
  }
}
