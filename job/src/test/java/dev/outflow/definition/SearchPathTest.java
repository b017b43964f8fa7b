package dev.outflow.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests where definitions with a relative path, and their query files, are found. */
class SearchPathTest {
  private static final String JOB =
      """
      name: %s
      queries: { numbers: %s }
      outputs: { numbers: { bootstrap-servers: "a:1", topic: t, format: json } }
      """;
  private static final String FILE = "search-path-test/job.yaml";
  private static final Path LOCAL = Path.of("search-path-test");

  @TempDir private Path jarDirectory;
  private URLClassLoader classes;

  @BeforeEach
  void packJar() throws IOException {
    pack(
        jar(),
        Map.of(
            FILE,
            JOB.formatted("in-jar", "queries/numbers.sql"),
            "search-path-test/queries/numbers.sql",
            "SELECT 'in-jar'",
            "search-path-test/up.yaml",
            JOB.formatted("up", "../shared/numbers.sql"),
            "shared/numbers.sql",
            "SELECT 'shared'",
            "search-path-test/wrong.yaml",
            "name: x\noutput: {}\n",
            "search-path-test/lost.yaml",
            JOB.formatted("lost", "lost.sql")));
    classes = new URLClassLoader(new URL[] {jar().toUri().toURL()}, null);
  }

  @AfterEach
  void removeLocalFiles() throws IOException {
    classes.close();
    Files.deleteIfExists(LOCAL.resolve("job.yaml"));
    Files.deleteIfExists(LOCAL);
  }

  @Test
  void prefersWorkingDirectoryThenJarDirectoryThenJar() throws IOException {
    assertThat(read(FILE).name()).isEqualTo("in-jar");

    write(jarDirectory.resolve(FILE), JOB.formatted("next-to-jar", "SELECT 1"));
    assertThat(read(FILE).name()).isEqualTo("next-to-jar");

    write(Path.of(FILE), JOB.formatted("local", "SELECT 1"));
    assertThat(read(FILE).name()).isEqualTo("local");
  }

  @Test
  void resolvesQueryFilesRelativeToTheDefinition() throws IOException {
    assertThat(sql(FILE)).isEqualTo("SELECT 'in-jar'");
    assertThat(sql("./" + FILE)).isEqualTo("SELECT 'in-jar'");
    assertThat(sql("search-path-test/up.yaml")).isEqualTo("SELECT 'shared'");

    write(jarDirectory.resolve(FILE), JOB.formatted("next-to-jar", "queries/numbers.sql"));
    write(jarDirectory.resolve("search-path-test/queries/numbers.sql"), "SELECT 'next-to-jar'");
    assertThat(sql(FILE)).isEqualTo("SELECT 'next-to-jar'");
  }

  @Test
  void readsUrisAndTheirQueryFilesThroughFlinkFileSystems() throws IOException {
    write(jarDirectory.resolve("job.yaml"), JOB.formatted("by-uri", "numbers.sql"));
    write(jarDirectory.resolve("numbers.sql"), "SELECT 'by-uri'");

    assertThat(sql(jarDirectory.resolve("job.yaml").toUri().toString()))
        .isEqualTo("SELECT 'by-uri'");
  }

  @Test
  void listsTheSearchedPlacesForAMissingFile() throws IOException {
    String here = Path.of("").toAbsolutePath().toString();
    assertRejected(
        "conf/absent.yaml",
        ("conf/absent.yaml  file not found: conf/absent.yaml (searched the working directory %s,"
                + " the jar's directory %s and the jar)")
            .formatted(here, jarDirectory));
    assertRejected(
        "/no/such/absent.yaml", "/no/such/absent.yaml  file not found: /no/such/absent.yaml");
    String jar = "jar:" + jar().toUri().toURL() + "!/search-path-test/";
    assertRejected(
        "search-path-test/lost.yaml",
        "%slost.yaml:2:12  queries.numbers  file not found: %slost.sql".formatted(jar, jar));
  }

  @Test
  void reportsLocationsInsideTheJar() throws IOException {
    String jar = "jar:" + jar().toUri().toURL();
    assertRejected(
        "search-path-test/wrong.yaml",
        """
        %1$s!/search-path-test/wrong.yaml:2:1  output  unknown key; did you mean 'outputs'?
        %1$s!/search-path-test/wrong.yaml:2:1  outputs  must not be empty"""
            .formatted(jar));
  }

  @Test
  void hasNoJarDirectoryOutsideOfAJar() {
    assertThat(SearchPath.here().jarDirectory()).isEmpty();
  }

  @Test
  void findsTheJarDirectoryForEveryFormOfUrlThatFlinkUses() throws IOException {
    Path usrlib = Path.of("usrlib").toAbsolutePath();

    assertThat(SearchPath.directoryOf(jar().toUri().toURL())).contains(jarDirectory);
    assertThat(SearchPath.directoryOf(new URL("file:usrlib/outflow.jar"))).contains(usrlib);
    assertThat(SearchPath.directoryOf(new URL("file:usrlib/my jar.jar"))).contains(usrlib);
    assertThat(SearchPath.directoryOf(new URL("file:/opt/my lib/a.jar")))
        .contains(Path.of("/opt/my lib"));
    assertThat(SearchPath.directoryOf(new URL("https://example.com/a.jar"))).isEmpty();
  }

  private Path jar() {
    return jarDirectory.resolve("my jar.jar");
  }

  private JobDefinition read(String file) {
    return DefinitionReader.draft(DefinitionSource.of(file), searchPath()).orElseThrow();
  }

  private String sql(String file) {
    return read(file).queries().get(0).sql();
  }

  private void assertRejected(String file, String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> read(file))
        .withMessage(message);
  }

  private SearchPath searchPath() {
    return new SearchPath(Optional.of(jarDirectory), classes);
  }

  private static void pack(Path jar, Map<String, String> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(UTF_8));
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
