package dev.outflow.jar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The software bill of materials that the build writes, in CycloneDX.
 *
 * @param libraries the libraries with their licenses, as SPDX ids or else names
 */
record Sbom(JsonNode json, SortedMap<Library, List<String>> libraries) {
  private static final Path FILE = Path.of("target/%s-sbom.json".formatted(OutflowJar.NAME));

  /** Reads the SBOM of the build; skips the test if an offline build wrote none. */
  static Sbom read() throws IOException {
    assumeTrue(
        Files.exists(FILE),
        "mvn -o writes no SBOM, because the CycloneDX plugin needs network access");
    JsonNode json = new ObjectMapper().readTree(Files.readString(FILE));
    SortedMap<Library, List<String>> libraries = new TreeMap<>();
    json.path("components")
        .forEach(component -> libraries.put(library(component), licenses(component)));
    JsonNode module = json.at("/metadata/component");
    if (!module.path("name").asText().equals("outflow-legacy")) { // It has no classes of its own.
      libraries.put(library(module), licenses(module));
    }
    return new Sbom(json, libraries);
  }

  private static Library library(JsonNode component) {
    return new Library(
        component.path("group").asText(),
        component.path("name").asText(),
        component.path("version").asText());
  }

  private static List<String> licenses(JsonNode component) {
    List<String> licenses = new ArrayList<>();
    component
        .path("licenses")
        .forEach(
            choice -> {
              JsonNode license = choice.path("license");
              licenses.add(
                  license
                      .path("id")
                      .asText(license.path("name").asText(choice.path("expression").asText())));
            });
    return licenses;
  }
}
