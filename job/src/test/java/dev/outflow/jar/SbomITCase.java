package dev.outflow.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code outflow-sbom.json} lists exactly the libraries in {@code outflow.jar}. */
class SbomITCase {
  private static Sbom sbom;
  private static OutflowJar jar;

  @BeforeAll
  static void read() throws IOException {
    sbom = Sbom.read();
    jar = OutflowJar.read();
  }

  @Test
  void sbomAndJarContainTheSameLibraries() throws IOException {
    assertThat(sbom.libraries().keySet()).isEqualTo(jar.libraries().keySet());
  }

  @Test
  void everyClassInTheJarBelongsToALibraryOfTheSbom() throws IOException {
    Set<String> strangers = new TreeSet<>(jar.classes());
    for (SortedSet<String> known : jar.libraries().values()) {
      strangers.removeAll(known);
    }
    assertThat(strangers).isEmpty();
  }

  @Test
  void everyLibraryHasAVersionALicenseAndAHash() {
    assertThat(sbom.libraries())
        .allSatisfy(
            (library, licenses) -> assertThat(licenses).as(library.toString()).isNotEmpty());
    assertThat(sbom.json().path("components"))
        .allSatisfy(
            component -> {
              assertThat(component.path("purl").asText())
                  .startsWith(
                      "pkg:maven/%s/%s@%s"
                          .formatted(
                              component.path("group").asText(),
                              component.path("name").asText(),
                              component.path("version").asText()));
              assertThat(component.path("hashes").findValuesAsText("alg")).contains("SHA-256");
            });
  }

  @Test
  void sbomHasNoTimestamp() {
    assertThat(sbom.json().has("serialNumber")).isFalse();
    assertThat(sbom.json().at("/metadata/timestamp").isMissingNode()).isTrue();
  }
}
