package dev.outflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A test case whose rows are a sample.
 *
 * @param folder the case
 * @param input the name of the input
 * @param job the job definition, as the user named it
 */
record SampleCase(Path folder, String input, String job) {
  private static final String JOB = "job.yaml";
  private static final String SETTINGS = "test.yaml";

  /** Returns the file of the rows. */
  Path file() {
    return folder.resolve(input + ".jsonl");
  }

  /** Returns what prevents the case from being written, for the user. */
  Optional<String> findConflict() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return Optional.of("--into: %s is not a folder".formatted(folder));
    }
    return Stream.of(file(), folder.resolve(input + ".csv"))
        .filter(Files::exists)
        .findFirst()
        .map("--into: %s exists; name another case or delete the file"::formatted);
  }

  /** Writes the rows, and {@code test.yaml} if the case could not find its job without. */
  void write(List<String> rows) throws IOException {
    Files.createDirectories(folder);
    Files.write(file(), rows, StandardOpenOption.CREATE_NEW);
    Path settings = folder.resolve(SETTINGS);
    if (Files.exists(Path.of(job)) && !isFound() && !Files.exists(settings)) {
      Path relative = absolute(folder).relativize(absolute(Path.of(job)));
      Files.writeString(
          settings,
          "job: %s%n".formatted(relative.toString().replace('\\', '/')),
          StandardOpenOption.CREATE_NEW);
    }
  }

  /** Returns whether the job is the nearest job.yaml in a parent folder. */
  private boolean isFound() {
    for (Path parent = absolute(folder).getParent(); parent != null; parent = parent.getParent()) {
      if (Files.exists(parent.resolve(JOB))) {
        return parent.resolve(JOB).equals(absolute(Path.of(job)));
      }
    }
    return false;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
