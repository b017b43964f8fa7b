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
 * @param libraries each with its licences: by their SPDX ids, or names where they have none
 */
record Sbom(JsonNode json, SortedMap<Library, List<String>> libraries) {
  private static final Path FILE = Path.of("target/outflow-sbom.json");

  /** As the build has written it; the test is skipped where that was offline and has not. */
  static Sbom read() throws IOException {
    assumeTrue(Files.exists(FILE), "mvn -o writes no SBOM: CycloneDX's plugin wants to be online");
    JsonNode json = new ObjectMapper().readTree(Files.readString(FILE));
    SortedMap<Library, List<String>> libraries = new TreeMap<>();
    json.path("components").forEach(each -> libraries.put(library(each), licences(each)));
    libraries.put(
        library(json.at("/metadata/component")), licences(json.at("/metadata/component")));
    return new Sbom(json, libraries);
  }

  private static Library library(JsonNode component) {
    return new Library(
        component.path("group").asText(),
        component.path("name").asText(),
        component.path("version").asText());
  }

  private static List<String> licences(JsonNode component) {
    List<String> licences = new ArrayList<>();
    component
        .path("licenses")
        .forEach(
            each -> {
              JsonNode licence = each.path("license");
              licences.add(
                  licence
                      .path("id")
                      .asText(licence.path("name").asText(each.path("expression").asText())));
            });
    return licences;
  }
}
