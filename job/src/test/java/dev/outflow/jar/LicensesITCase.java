package dev.outflow.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The licenses of all bundled libraries permit redistribution. Run {@code mvn verify -pl legacy -am
 * -Dit.test=LicensesITCase -Dreference.write} to regenerate the lists.
 */
class LicensesITCase {
  private static final Path PAGE =
      Path.of("../docs/reference/%s.md".formatted(OutflowJar.NAME.replace("outflow", "licenses")));
  private static final String APACHE = "Apache-2.0";

  /**
   * Permissive licenses, which require nothing but their text, and MPL-2.0, which for unmodified
   * libraries also requires that NOTICE says where their source is.
   */
  private static final Set<String> ALLOWED =
      Set.of(
          APACHE,
          "MIT",
          "The MIT License(MIT)", // So GeographicLib names it.
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "MPL-2.0");

  /** Libraries under Apache-2.0 with native code under another license. */
  private static final Set<String> WITH_NATIVE_CODE = Set.of("org.xerial.snappy", "at.yawk.lz4");

  private static Sbom sbom;

  @BeforeAll
  static void read() throws IOException {
    sbom = Sbom.read();
  }

  @Test
  void everyLibraryHasAnAllowedLicense() {
    TreeMap<Library, List<String>> disallowed = new TreeMap<>(sbom.libraries());
    disallowed.values().removeIf(licenses -> !licenses.isEmpty() && ALLOWED.containsAll(licenses));
    assertThat(disallowed)
        .as(
            "a license that has not been reviewed yet: if it is permissive, add it to ALLOWED here"
                + " and its text to job/src/main/resources/META-INF/licenses; otherwise do without"
                + " the library")
        .isEmpty();
  }

  @Test
  void jarContainsTheTextOfEachLicense() throws IOException {
    OutflowJar jar = OutflowJar.read();
    sbom.libraries()
        .forEach(
            (library, licenses) -> {
              if (!List.of(APACHE).equals(licenses) || WITH_NATIVE_CODE.contains(library.group())) {
                assertThat(jar.files())
                    .as("%s is under %s, so its text must be in the jar", library, licenses)
                    .contains("META-INF/licenses/%s.txt".formatted(library.group()));
              }
            });
    assertThat(OutflowJar.text("META-INF/LICENSE"))
        .contains("Apache License", "Version 2.0, January 2004");
    assertThat(OutflowJar.text("META-INF/NOTICE"))
        .contains("The Outflow authors", "Apache Flink", "Apache Avro", "Apache Kafka")
        .contains("https://github.com/mozilla/rhino");
  }

  @Test
  void licensesPageMatchesTheJar() throws IOException {
    String page = LicensesPage.of(sbom.libraries());
    if (System.getProperty("reference.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "stale: run mvn verify -pl legacy -am -Dit.test=LicensesITCase"
                + " -Dfailsafe.failIfNoSpecifiedTests=false -Dreference.write and commit"
                + " docs/reference")
        .isEqualTo(page);
  }
}
