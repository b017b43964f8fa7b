package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/develop.md and new projects configure in editors, on the output of the commands. */
class EditorsTest {
  private static final Pattern ERROR_FORMAT = Pattern.compile("set errorformat=(\\S+.*)");
  private static final String JOB =
      """
      name: broken
      inputs:
        orders: { connector: kafka, bootstrap-servers: "broker:9092", topic: orders, format: json, columns: { id: INT } }
      queries:
        result: query.sql
      outputs:
        result: { bootstrap-servers: "broker:9092", topic: result, format: json, partition-kye: id }
      """;

  @TempDir private Path folder;

  @Test
  void problemMatcherReadsProblemsAndMarkers() throws IOException {
    ProblemMatcher matcher = ProblemMatcher.ofNewProjects();

    assertThat(
            matcher.parts(
                "{\"file\":\"conf/queries/a.sql\",\"line\":2,\"column\":8,\"severity\":\"error\",\"property\":\"\",\"message\":\"Column 'x' \\\"y\\\" not found\"}"))
        .contains(
            Map.of(
                "file", "conf/queries/a.sql",
                "line", "2",
                "column", "8",
                "severity", "error",
                "code", "",
                "message", "Column 'x' \\\"y\\\" not found"));
    String started = "{\"check\":\"started\",\"definition\":\"conf/job.yaml\"}";
    String finished = "{\"check\":\"finished\",\"errors\":2,\"warnings\":0,\"took_ms\":312}";
    assertThat(matcher.begins().matcher(started).find()).isTrue();
    assertThat(matcher.ends().matcher(finished).find()).isTrue();
    assertThat(matcher.parts(started)).isEmpty();
    assertThat(matcher.parts(finished)).isEmpty();
  }

  @Test
  void taskOfNewProjectsWatchesTheirJob() throws IOException {
    JsonNode task = ProblemMatcher.task();

    assertThat(task.get("args").valueStream().map(JsonNode::textValue))
        .containsExactly("check", "--watch", "--json", "conf/job.yaml");
    assertThat(task.get("isBackground").booleanValue()).isTrue();
  }

  /** Translates the documented errorformat, which has these items only, to a regular expression. */
  @Test
  void documentedErrorFormatReadsProblemsInYamlAndInSql() throws IOException {
    Matcher documented =
        ERROR_FORMAT.matcher(Files.readString(Path.of("..", "docs", "develop.md")));
    assertThat(documented.find()).isTrue();
    String format = documented.group(1);
    assertThat(format).endsWith(",%-G%.%#");
    Pattern problem =
        Pattern.compile(
            format
                .replace(",%-G%.%#", "")
                .replace("\\ ", " ")
                .replace("%f", "(.+?)")
                .replace("%l", "(\\d+)")
                .replace("%c", "(\\d+)")
                .replace("%m", "(.+)"));
    Files.writeString(folder.resolve("job.yaml"), JOB);
    Files.writeString(folder.resolve("query.sql"), "SELECT id,\n  idd AS other\nFROM orders\n");
    StringWriter err = new StringWriter();

    assertThat(
            Outflow.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "ddl",
                folder.resolve("job.yaml").toString()))
        .isEqualTo(2);
    List<String> found =
        err.toString()
            .lines()
            .map(problem::matcher)
            .filter(Matcher::matches)
            .map(line -> Path.of(line.group(1)).getFileName() + ":" + line.group(2))
            .toList();
    assertThat(found).as(err.toString()).containsExactly("job.yaml:7", "query.sql:2");
  }
}
