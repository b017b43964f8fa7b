package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes, in any directory and time zone. */
class ReproducibleBuildE2ECase {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SOURCES =
      List.of("LICENSE", "NOTICE", ".mvn", "conf/job.schema.json", "embedded/src/test");

  @TempDir private static Path folder;
  private static Path copy;

  @BeforeAll
  static void buildCopyOfTheSources() throws Exception {
    copy = Files.createDirectory(folder.resolve("elsewhere"));
    for (Path pom : poms()) {
      copy(pom);
      Path main = pom.resolveSibling("src/main");
      if (Files.exists(HOME.resolve(main))) {
        copy(main);
      }
    }
    for (String source : SOURCES) {
      copy(Path.of(source));
    }
    build();
  }

  @Test
  void jarIsReproducible() throws IOException {
    assertSame("outflow.jar", (first, second) -> differences(first, second));
  }

  @Test
  void sbomIsReproducible() throws IOException {
    assertSame(
        "outflow-sbom.json", (first, second) -> Files.readString(first) + Files.readString(second));
  }

  /** Describes how two files differ, for the failure message. */
  @FunctionalInterface
  private interface Comparison {
    String of(Path first, Path second) throws IOException;
  }

  private static void assertSame(String name, Comparison comparison) throws IOException {
    Path first = HOME.resolve("job/target").resolve(name);
    Path second = copy.resolve("job/target").resolve(name);
    assumeTrue(Files.exists(first), name + " is missing: mvn -o does not write the SBOM");
    assertThat(second).exists();
    if (Files.mismatch(first, second) != -1) {
      throw new AssertionError(
          "%s differs between two builds:%n%s".formatted(name, comparison.of(first, second)));
    }
  }

  private static String differences(Path first, Path second) throws IOException {
    Map<String, String> expected = entries(first);
    Map<String, String> found = entries(second);
    List<String> lines = new ArrayList<>();
    expected.forEach(
        (name, entry) -> {
          if (!entry.equals(found.get(name))) {
            lines.add("%s: %s, and %s".formatted(name, entry, found.get(name)));
          }
        });
    found.keySet().removeAll(expected.keySet());
    found.keySet().forEach(name -> lines.add(name + " is only in the second"));
    return lines.isEmpty()
        ? "same entries, in a different order or with different flags"
        : String.join("\n", lines);
  }

  private static Map<String, String> entries(Path jar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (JarFile opened = new JarFile(jar.toFile())) {
      for (JarEntry entry : opened.stream().toList()) {
        try (InputStream content = opened.getInputStream(entry)) {
          entries.put(
              entry.getName(),
              "%d bytes with CRC %08x of %s"
                  .formatted(content.readAllBytes().length, entry.getCrc(), entry.getTimeLocal()));
        }
      }
    }
    return entries;
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> all = Files.find(HOME, 2, (path, file) -> path.endsWith("pom.xml"))) {
      return all.map(HOME::relativize).toList();
    }
  }

  private static void copy(Path source) throws IOException {
    try (Stream<Path> all = Files.walk(HOME.resolve(source))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(HOME.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private static void build() throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder maven =
        new ProcessBuilder(
                List.of(
                    "mvn",
                    "-B",
                    "-ntp",
                    "-Dstyle.color=never",
                    "-Dmaven.repo.local=" + System.getProperty("user.repository"),
                    "-pl",
                    "job",
                    "-am",
                    "-DskipTests",
                    // It reports bugs and does not change class files.
                    "-Derror-prone.options=-XepDisableAllChecks",
                    "package"))
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    maven.environment().put("TZ", "Pacific/Chatham");
    Process process = maven.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(output)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
