package dev.outflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository with the Outflow artifacts of this build, as {@code mvn install} would
 * write them, and links to everything else in the user's repository.
 */
final class LocalMavenRepository {
  private static final String GROUP = "dev/outflow";
  private static final List<String> JARS =
      List.of(
          "embedded",
          "secrets",
          "connectors",
          "functions",
          "javascript",
          "job",
          "testing",
          "archetype");

  private LocalMavenRepository() {}

  static void create(Path repository, Path home) throws IOException {
    Path users = Path.of(System.getProperty("user.repository"));
    String version = System.getProperty("outflow.version");
    Path group = Files.createDirectories(repository.resolve(GROUP));
    link(users, repository, "dev");
    link(users.resolve("dev"), repository.resolve("dev"), "outflow");
    copy(home.resolve("pom.xml"), group.resolve("outflow"), version, ".pom");
    for (String module : JARS) {
      Path artifact = group.resolve("outflow-" + module);
      copy(home.resolve(module).resolve("pom.xml"), artifact, version, ".pom");
      copy(
          home.resolve("%1$s/target/outflow-%1$s-%2$s.jar".formatted(module, version)),
          artifact,
          version,
          ".jar");
    }
  }

  /** Links to all entries of a folder except one. */
  private static void link(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  private static void copy(Path file, Path artifact, String version, String ending)
      throws IOException {
    Path folder = Files.createDirectories(artifact.resolve(version));
    Files.copy(file, folder.resolve(artifact.getFileName() + "-" + version + ending));
  }
}
