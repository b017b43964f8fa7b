package dev.outflow.deploy.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code conf/flink/log4j-console.properties} in a separate process. */
class LogFormatTest {
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)";

  private static String text;
  private static String json;

  @BeforeAll
  static void log(@TempDir Path folder) throws Exception {
    text = logged("text", folder.resolve("text.log"));
    json = logged("json", folder.resolve("json.log"));
  }

  @Test
  void textLineContainsTimeLevelLoggerJobThreadAndMessage() {
    List<String> lines = text.lines().toList();

    assertThat(lines.get(0)).matches(TIME + " INFO  LogExamples \\[main] before a job");
    assertThat(lines.get(1)).matches(TIME + " INFO  LogExamples job=1c9b \\[main] of a job");
    assertThat(lines)
        .contains("java.lang.IllegalStateException: outer \"cause\"")
        .contains("Caused by: java.lang.RuntimeException: root");
  }

  @Test
  void everyJsonLineIsAnObject() throws Exception {
    for (String line : json.lines().toList()) {
      try (MappingIterator<JsonNode> values =
          new ObjectMapper().readerFor(JsonNode.class).readValues(line)) {
        JsonNode event = values.next();
        assertThat(event.fieldNames())
            .toIterable()
            .containsExactly("time", "level", "logger", "thread", "job", "message", "exception");
        assertThat(OffsetDateTime.parse(event.get("time").asText())).isNotNull();
        assertThat(values.hasNext()).as(line).isFalse();
      }
    }
    List<JsonNode> events = json.lines().map(LogFormatTest::json).toList();
    assertThat(events.get(0).get("job").asText()).isEmpty();
    assertThat(events.get(1).get("job").asText()).isEqualTo("1c9b");
    assertThat(events.get(2).get("message").asText())
        .isEqualTo("says \"quoted\", C:\\path and\na second line\twith é");
    assertThat(events.get(3).get("exception").asText())
        .startsWith("java.lang.IllegalStateException: outer \"cause\"\n\tat ")
        .contains("Caused by: java.lang.RuntimeException: root\n");
  }

  @Test
  void suppressesPropertyListsOfKafkaClientsButNotWarnings() {
    assertThat(text)
        .contains("WARN  AbstractConfig job=1c9b [main] " + LogExamples.WARNING)
        .doesNotContain("ProducerConfig values")
        .doesNotContain(LogExamples.PASSWORD);
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the console output, which must equal the log file. */
  private static String logged(String format, Path file) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dlog4j2.configurationFile=../conf/flink/log4j-console.properties",
            "-Dlog.file=" + file,
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            LogExamples.class.getName());
    java.environment().put("OUTFLOW_LOG_FORMAT", format);
    Process process = java.redirectErrorStream(true).start();
    String console = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(console).isZero();
    assertThat(file).hasContent(console);
    return console;
  }
}
