package dev.outflow.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs {@code docker compose} with the repository's own file.
 *
 * @param project the Compose project name, which keeps containers and volumes separate from a
 *     user's
 * @param environment additional environment variables of the command
 */
record DockerCompose(String project, Map<String, String> environment) {
  private static final File ROOT = new File("..").getAbsoluteFile();

  DockerCompose {
    environment = Map.copyOf(environment);
  }

  /** Returns whether a Docker engine with Compose is available. */
  static boolean isAvailable() {
    DockerCompose none = new DockerCompose("none", Map.of());
    try {
      none.docker(Duration.ofSeconds(20), "", "info");
      none.docker(Duration.ofSeconds(20), "", "compose", "version");
      return true;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /**
   * Runs {@code docker compose ...}.
   *
   * @param input the standard input
   * @return its output and error output
   * @throws IllegalStateException if it fails or does not finish within {@code atMost}
   */
  String run(Duration atMost, String input, String... arguments) throws IOException {
    return docker(
        atMost,
        input,
        Stream.concat(Stream.of("compose", "-p", project), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Runs {@code docker ...} in the same way. */
  String docker(Duration atMost, String input, String... arguments) throws IOException {
    Path log = Files.createTempFile("docker", ".log");
    Path typed = Files.writeString(Files.createTempFile("docker", ".in"), input);
    List<String> command = Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT)
            .redirectInput(typed.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
      String output = Files.readString(log);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s %s:%n%s"
                .formatted(
                    String.join(" ", command),
                    ended ? "failed" : "did not finish within " + atMost,
                    output));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + command, e);
    } finally {
      process.destroyForcibly();
      Files.delete(log);
      Files.delete(typed);
    }
  }
}
