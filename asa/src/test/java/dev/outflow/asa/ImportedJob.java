package dev.outflow.asa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.testing.cases.CaseReader;
import dev.outflow.testing.cases.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports scripts with samples and runs them on these samples, as {@code ./outflow test} does. */
record ImportedJob(Path folder, JobImport job) {

  /**
   * Imports a script.
   *
   * @param samples the records of each input as JSON, one on a line
   */
  static ImportedJob of(Path folder, String script, Map<String, String> samples)
      throws IOException, NotAnAsaJobException {
    Path file = folder.resolve("query.asaql");
    Files.writeString(file, script);
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, String> sample : samples.entrySet()) {
      Path rows = folder.resolve(sample.getKey() + ".json");
      Files.writeString(rows, sample.getValue());
      files.put(sample.getKey(), rows);
    }
    return of(folder, JobImport.of(file, files, Optional.empty()));
  }

  /** Writes an imported job to a folder. */
  static ImportedJob of(Path folder, JobImport job) throws IOException {
    for (Map.Entry<String, String> written : job.files().entrySet()) {
      Path target = folder.resolve("job").resolve(written.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, written.getValue());
    }
    return new ImportedJob(folder.resolve("job"), job);
  }

  /** Asserts that nothing is left out, and the rows of each output, in any order. */
  void writes(Map<String, String> expected) throws IOException {
    assertThat(job.report().isComplete()).as(String.join("\n", job.report().lines())).isTrue();
    writesAtLeast(expected);
  }

  /** Asserts the rows of some outputs, in any order. */
  void writesAtLeast(Map<String, String> expected) throws IOException {
    Path test = folder.resolve("tests/sample");
    Files.createDirectories(test.resolve("expected"));
    for (Map.Entry<String, String> output : expected.entrySet()) {
      Files.writeString(test.resolve("expected/" + output.getKey() + ".jsonl"), output.getValue());
    }
    Files.writeString(
        test.resolve("test.yaml"), "outputs: [%s]".formatted(String.join(", ", expected.keySet())));
    CaseResult result = CaseReader.read(List.of(test)).get(0).run();
    assertThat(result.explanation()).isEmpty();
  }
}
