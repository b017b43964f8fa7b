package dev.outflow.benchmark;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All that was measured, as it stands in {@code results.json}.
 *
 * @param soak null if there was none
 */
record Results(Machine machine, List<Outcome> outcomes, List<Latency> latencies, Soak soak) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String FILE = "results.json";

  Results {
    outcomes = List.copyOf(outcomes);
    latencies = List.copyOf(latencies);
  }

  static Results none(Machine machine) {
    return new Results(machine, List.of(), List.of(), null);
  }

  static Results read(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(FILE).toFile(), Results.class);
  }

  /** With those of a later run, which take the place of those of the same names. */
  Results with(Results later) {
    return new Results(
        later.machine,
        newest(outcomes, later.outcomes, Outcome::name),
        newest(latencies, later.latencies, Latency::name),
        later.soak == null ? soak : later.soak);
  }

  private static <T> List<T> newest(List<T> old, List<T> later, Function<T, String> name) {
    Map<String, T> all = new LinkedHashMap<>();
    old.forEach(it -> all.put(name.apply(it), it));
    later.forEach(it -> all.put(name.apply(it), it));
    return new ArrayList<>(all.values());
  }

  /** Writes the figures, the table and the pictures. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
    Files.writeString(folder.resolve("results.md"), new ResultsTable(this).text());
    Files.writeString(folder.resolve("throughput.svg"), RatioPlot.of(this).svg());
    if (soak != null) {
      Files.writeString(folder.resolve("memory.svg"), new MemoryPlot(soak).svg());
    }
  }
}
