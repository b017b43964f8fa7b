package dev.outflow.benchmark;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The output directory: the results as JSON, and the page and plots generated from them. */
record ResultsFolder(Path path) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String FILE = "results.json";

  /** Returns the stored results, if there are any. */
  Optional<Results> read() throws IOException {
    Path file = path.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), Results.class))
        : Optional.empty();
  }

  /** Writes results, page and plots. */
  void write(Results results) throws IOException {
    Files.createDirectories(path);
    JSON.writeValue(path.resolve(FILE).toFile(), results);
    Files.writeString(path.resolve("results.md"), new ResultsTable(results).text());
    Files.writeString(path.resolve("throughput.svg"), RatioPlot.of(results.outcomes()).svg());
    if (results.soak() != null) {
      Files.writeString(path.resolve("memory.svg"), new MemoryPlot(results.soak()).svg());
    }
  }
}
