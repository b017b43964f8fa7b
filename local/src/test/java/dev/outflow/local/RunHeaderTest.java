package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunHeaderTest {
  @Test
  void showsAddressesGuaranteesAndChanges() {
    assertThat(header(1, 1, 1, 1).lines())
        .containsExactly(
            "Job     job-a  (press Ctrl-C to stop)",
            "Kafka   broker 1",
            "Flink   http://localhost:8081  (web UI)",
            "Log     target/outflow.log",
            "Output  output1: exactly once",
            "Warning: warning 1",
            "Changed from the defaults (--explain prints the whole configuration):",
            "  change 1",
            "");
  }

  @Test
  void countsWhatDoesNotFit() {
    assertThat(header(3, 9, 5, 40).lines())
        .hasSize(RunHeader.MAX_LINES)
        .contains(
            "Kafka   ... and 2 more brokers",
            "Output  ... and 5 more outputs",
            "Warning: ... and 3 more warnings in the log",
            "Changed from the defaults: 40 properties (--explain prints the whole configuration)");
    assertThat(header(1, 2, 0, 40).lines())
        .hasSize(RunHeader.MAX_LINES)
        .contains("  change 6", "  ... and 34 more properties");
  }

  @Test
  void omitsChangesIfThereAreNone() {
    assertThat(header(1, 1, 0, 0).lines()).noneMatch(line -> line.contains("default"));
  }

  private static RunHeader header(int brokers, int outputs, int warnings, int changes) {
    Map<String, String> guarantees = new TreeMap<>();
    numbered("output", outputs).forEach(alias -> guarantees.put(alias, "exactly once"));
    return new RunHeader(
        "job-a",
        numbered("broker ", brokers),
        URI.create("http://localhost:8081"),
        Optional.of(Path.of("target", "outflow.log")),
        guarantees,
        numbered("change ", changes),
        numbered("warning ", warnings));
  }

  private static List<String> numbered(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> name + number).toList();
  }
}
