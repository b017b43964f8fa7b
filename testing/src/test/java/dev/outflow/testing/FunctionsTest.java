package dev.outflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.testing.rows.InputRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsTest {
  private static final String JOB =
      """
      name: functions
      inputs:
        readings:
          connector: kafka
          bootstrap-servers: localhost:9092
          topic: readings
          format: json
          columns:
            device: STRING
            hex: STRING
            at: TIMESTAMP_LTZ(3)
            number: AS hex2int(hex)
          event-time: { column: at }
      functions:
        shout: dev.outflow.testing.FunctionsTest$Shout
        letters: dev.outflow.testing.FunctionsTest$Letters
        hex2int: { script: functions/hex2int.js, arguments: [STRING], returns: BIGINT }
        clean: functions/clean.js
        longest: { script: functions/longest.js, returns: STRING }
        %s
      queries:
        result: %s
      outputs:
        result: { bootstrap-servers: "localhost:9092", topic: t, format: json }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeScripts() throws IOException {
    Files.createDirectories(folder.resolve("functions"));
    write("hex2int", "function main(x) {\n  return parseInt(x, 16);\n}\n");
    write("clean", "function main(x) {\n  return x.trim();\n}\n");
    write(
        "longest",
        """
        function main() {
          this.init = function () { this.text = ''; };
          this.accumulate = function (text) {
            if (text.length > this.text.length) { this.text = text; }
          };
          this.computeResult = function () { return this.text; };
        }
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve("functions/%s.js".formatted(name)), text);
  }

  private List<String> run(String functions, String query) throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(functions, query));
    PlannedJob planned = PlannedJob.read(job.toString(), List.of());
    InputRows rows =
        new InputRows.Given(List.of(row("a", " 1f "), row("b", "ff"), row("a", "100")));
    return planned.run(Map.of("readings", rows), Set.of("result")).outputs().get("result").stream()
        .map(Row::toString)
        .toList();
  }

  private static Row row(String device, String hex) {
    return Row.of(device, hex, Instant.parse("2026-01-01T00:00:01Z"));
  }

  @Test
  void callsFunctionsOfAllKinds() throws IOException {
    assertThat(
            run(
                "",
                "SELECT shout(device) AS device, number, clean(hex) AS hex, letter FROM readings, LATERAL TABLE(letters(device)) AS l(letter)"))
        .containsExactly("+I[A!, 31, 1f, a]", "+I[B!, 255, ff, b]", "+I[A!, 256, 100, a]");
  }

  @Test
  void aggregatesInAWindow() throws IOException {
    assertThat(
            run(
                "",
                "SELECT device, longest(hex) AS hex FROM TUMBLE(TABLE readings, DESCRIPTOR(`at`), INTERVAL '10' SECOND) GROUP BY device, window_start, window_end"))
        .containsExactlyInAnyOrder("+I[a,  1f ]", "+I[b, ff]");
  }

  @Test
  void callsAFunctionOfAJarNextToTheDefinition() throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/com/acme")).resolve("Twice.java");
    Files.writeString(
        source,
        """
        package com.acme;
        public class Twice extends org.apache.flink.table.functions.ScalarFunction {
          public Long eval(Long x) { return 2 * x; }
        }
        """);
    String path = System.getProperty("java.class.path");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    path,
                    "-d",
                    folder.resolve("out").toString(),
                    source.toString()))
        .isZero();
    try (OutputStream file = Files.newOutputStream(folder.resolve("functions/acme.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("com/acme/Twice.class"));
      jar.write(Files.readAllBytes(folder.resolve("out/com/acme/Twice.class")));
    }
    assertThat(
            run(
                "twice: { class: com.acme.Twice, jar: functions/acme.jar }",
                "SELECT twice(number) AS n FROM readings"))
        .containsExactly("+I[62]", "+I[510]", "+I[512]");
  }

  @Test
  void failsTheJobWithTheLineOfTheScript() throws IOException {
    write("clean", "function main(x) {\n  return x.missing.y;\n}\n");
    assertThatThrownBy(() -> run("", "SELECT clean(hex) AS hex FROM readings"))
        .isInstanceOf(JobFailedException.class)
        .hasStackTraceContaining(
            "function 'clean' (%s:2): TypeError: Cannot read property \"y\" from undefined"
                .formatted(folder.resolve("functions/clean.js")));
  }

  @Test
  void failsTheJobIfAScriptDoesNotReturnWhatItDeclares() throws IOException {
    write("clean", "function main(x) { return x.length; }");
    assertThatThrownBy(() -> run("", "SELECT clean(hex) AS hex FROM readings"))
        .isInstanceOf(JobFailedException.class)
        .hasStackTraceContaining("returned a number, but 'returns' is STRING");
  }

  @Test
  void reportsAllProblemsOfFunctionsAtOnce() throws IOException {
    write("hex2int", "function main(x) {\n  return x +;\n}");
    assertThat(
            problems(
                """
                missing: com.acme.Missing
                  string: java.lang.String
                  abstract_one: org.apache.flink.table.functions.ScalarFunction
                  hidden: dev.outflow.testing.FunctionsTest$NoConstructor
                  no_eval: dev.outflow.testing.FunctionsTest$NoEval
                  upper: dev.outflow.testing.FunctionsTest$Shout
                  Clean: functions/clean.js
                  gone: functions/gone.js
                  no_jar: { class: com.acme.F, jar: functions/none.jar }
                  both: { class: com.acme.F, script: functions/clean.js }
                  neither: { returns: STRING }
                  typed: { class: dev.outflow.testing.FunctionsTest$Shout, returns: STRING }
                  wrong: { script: functions/clean.js, arguments: [TEXT], returns: BIGNT }
                  bytes: { script: functions/clean.js, returns: BYTES }
                """
                    .strip(),
                "SELECT hex2int(hex) AS a, missing(hex) AS b FROM readings"))
        .containsExactlyInAnyOrder(
            "functions.hex2int  functions/hex2int.js:2:13: syntax error",
            "functions.missing  class com.acme.Missing not found on the class path; is it in the jar of the job? Set 'jar' if it is in another one",
            "functions.string  java.lang.String is not a function; it must extend ScalarFunction, TableFunction, AggregateFunction, TableAggregateFunction or ProcessTableFunction of Flink",
            "functions.abstract_one  org.apache.flink.table.functions.ScalarFunction is abstract; name a class that extends it",
            "functions.hidden  dev.outflow.testing.FunctionsTest$NoConstructor has no public constructor without arguments; add one",
            "functions.no_eval  Function class 'dev.outflow.testing.FunctionsTest$NoEval' does not implement a method named 'eval'.",
            "functions.upper  is also the name of a built-in function; rename it",
            "functions.Clean  differs from 'clean' only in case, which SQL ignores in names of functions; rename one",
            "functions.gone  file not found: functions/gone.js",
            "functions.no_jar.jar  file not found: functions/none.jar",
            "functions.both  has both 'class' and 'script'; keep one",
            "functions.neither  requires 'class' for a function in Java, or 'script' for one in JavaScript",
            "functions.typed.returns  has no effect with 'class'; remove it",
            "functions.wrong.arguments  'TEXT' is not a SQL type; expected e.g. BIGINT",
            "functions.wrong.returns  'BIGNT' is not a SQL type; expected e.g. BIGINT",
            "functions.bytes.returns  a script cannot return BYTES; see docs/transform.md#functions-in-javascript",
            "queries  not checked: result, because functions.hex2int is invalid",
            "outputs  format and partition-key of result not checked, because the columns of the result are unknown");
  }

  private List<String> problems(String functions, String query) throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(functions, query));
    try {
      PlannedJob.read(job.toString(), List.of());
      return List.of();
    } catch (InvalidDefinitionException e) {
      return e.getMessage()
          .lines()
          .map(line -> line.replace(folder + "/", "").replaceFirst("^job\\.yaml:\\d+:\\d+  ", ""))
          .toList();
    }
  }

  /** A scalar function. */
  public static class Shout extends ScalarFunction {
    public String eval(String text) {
      return text.toUpperCase(Locale.ROOT) + "!";
    }
  }

  /** A table function. */
  public static class Letters extends TableFunction<String> {
    public void eval(String text) {
      Stream.of(text.split("")).forEach(this::collect);
    }
  }

  /** Has a constructor with an argument only. */
  public static class NoConstructor extends ScalarFunction {
    public NoConstructor(String unused) {}

    public String eval(String text) {
      return text;
    }
  }

  /** Has no method to call. */
  public static class NoEval extends ScalarFunction {}
}
