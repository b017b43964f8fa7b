package dev.outflow.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code outflow-sbom.json} says is in {@code outflow.jar} is there, and nothing else. */
class SbomITCase {
  private static Sbom sbom;
  private static OutflowJar jar;

  @BeforeAll
  static void read() throws IOException {
    sbom = Sbom.read();
    jar = OutflowJar.read();
  }

  @Test
  void theSbomAndTheJarHaveTheSameLibraries() throws IOException {
    assertThat(sbom.libraries().keySet()).isEqualTo(jar.libraries().keySet());
  }

  @Test
  void everyClassInTheJarIsOfOneOfThem() throws IOException {
    Set<String> strangers = new TreeSet<>(jar.classes());
    for (SortedSet<String> known : jar.libraries().values()) {
      strangers.removeAll(known);
    }
    assertThat(strangers).isEmpty();
  }

  @Test
  void eachHasItsVersionItsLicenceAndItsHash() {
    assertThat(sbom.libraries())
        .allSatisfy(
            (library, licences) -> assertThat(licences).as(library.toString()).isNotEmpty());
    assertThat(sbom.json().path("components"))
        .allSatisfy(
            each -> {
              assertThat(each.path("purl").asText())
                  .startsWith(
                      "pkg:maven/%s/%s@%s"
                          .formatted(
                              each.path("group").asText(),
                              each.path("name").asText(),
                              each.path("version").asText()));
              assertThat(each.path("hashes").findValuesAsText("alg")).contains("SHA-256");
            });
  }

  @Test
  void itDoesNotTellWhenItWasMade() {
    assertThat(sbom.json().has("serialNumber")).isFalse();
    assertThat(sbom.json().at("/metadata/timestamp").isMissingNode()).isTrue();
  }
}
