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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a definition is found that is given by a relative path, and its query files with it. */
class SearchPathTest {
  private static final String JOB =
      """
      name: %s
      queries: { numbers: %s }
      outputs: { numbers: { bootstrap-servers: "a:1", topic: t, format: json } }
      """;
  private static final String FILE = "search-path-test/job.yaml";
  private static final Path LOCAL = Path.of("search-path-test");

  @TempDir private Path jarFolder;
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
  void aLocalFileComesBeforeOneBesideTheJarAndThatBeforeOneInTheJar() throws IOException {
    assertThat(read(FILE).name()).isEqualTo("in-jar");

    write(jarFolder.resolve(FILE), JOB.formatted("beside-jar", "SELECT 1"));
    assertThat(read(FILE).name()).isEqualTo("beside-jar");

    write(Path.of(FILE), JOB.formatted("local", "SELECT 1"));
    assertThat(read(FILE).name()).isEqualTo("local");
  }

  @Test
  void aQueryFileIsBesideItsDefinitionWhereverThatIs() throws IOException {
    assertThat(sql(FILE)).isEqualTo("SELECT 'in-jar'");
    assertThat(sql("./" + FILE)).isEqualTo("SELECT 'in-jar'");
    assertThat(sql("search-path-test/up.yaml")).isEqualTo("SELECT 'shared'");

    write(jarFolder.resolve(FILE), JOB.formatted("beside-jar", "queries/numbers.sql"));
    write(jarFolder.resolve("search-path-test/queries/numbers.sql"), "SELECT 'beside-jar'");
    assertThat(sql(FILE)).isEqualTo("SELECT 'beside-jar'");
  }

  @Test
  void aUriIsReadByFlinksFileSystemsWithItsQueryFiles() throws IOException {
    write(jarFolder.resolve("job.yaml"), JOB.formatted("by-uri", "numbers.sql"));
    write(jarFolder.resolve("numbers.sql"), "SELECT 'by-uri'");

    assertThat(sql(jarFolder.resolve("job.yaml").toUri().toString())).isEqualTo("SELECT 'by-uri'");
  }

  @Test
  void whatIsNowhereIsToldWithThePlacesLookedAt() throws IOException {
    String here = Path.of("").toAbsolutePath().toString();
    assertRefused(
        "conf/absent.yaml",
        ("conf/absent.yaml  there is no file conf/absent.yaml: looked in the working directory %s,"
                + " beside the jar in %s and in the jar")
            .formatted(here, jarFolder));
    assertRefused(
        "/no/such/absent.yaml", "/no/such/absent.yaml  there is no file /no/such/absent.yaml");
    String jar = "jar:" + jar().toUri().toURL() + "!/search-path-test/";
    assertRefused(
        "search-path-test/lost.yaml",
        "%slost.yaml:2:12  queries.numbers  there is no file %slost.sql".formatted(jar, jar));
  }

  @Test
  void aMistakeInAPackedDefinitionIsToldAtItsPlaceInTheJar() throws IOException {
    String jar = "jar:" + jar().toUri().toURL();
    assertRefused(
        "search-path-test/wrong.yaml",
        """
        %1$s!/search-path-test/wrong.yaml:2:1  output  unknown key; did you mean 'outputs'?
        %1$s!/search-path-test/wrong.yaml:2:1  outputs  must not be empty"""
            .formatted(jar));
  }

  @Test
  void outsideOfAJarThereIsNoFolderBesideIt() {
    assertThat(SearchPath.here().jarFolder()).isEmpty();
  }

  @Test
  void theFolderOfAJarIsFoundHoweverFlinkWritesItsUrl() throws IOException {
    Path usrlib = Path.of("usrlib").toAbsolutePath();

    assertThat(SearchPath.folderOf(jar().toUri().toURL())).contains(jarFolder);
    assertThat(SearchPath.folderOf(new URL("file:usrlib/outflow.jar"))).contains(usrlib);
    assertThat(SearchPath.folderOf(new URL("file:usrlib/my jar.jar"))).contains(usrlib);
    assertThat(SearchPath.folderOf(new URL("file:/opt/my lib/a.jar")))
        .contains(Path.of("/opt/my lib"));
    assertThat(SearchPath.folderOf(new URL("https://example.com/a.jar"))).isEmpty();
  }

  private Path jar() {
    return jarFolder.resolve("my jar.jar");
  }

  private JobDefinition read(String file) {
    return DefinitionReader.draft(file, List.of(), searchPath()).sound();
  }

  private String sql(String file) {
    return read(file).queries().get(0).sql();
  }

  private void assertRefused(String file, String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> read(file))
        .withMessage(message);
  }

  private SearchPath searchPath() {
    return new SearchPath(Optional.of(jarFolder), classes);
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
