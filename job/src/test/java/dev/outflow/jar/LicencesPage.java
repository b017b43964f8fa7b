package dev.outflow.jar;

import java.util.List;
import java.util.Map;

/** {@code docs/reference/licences.md}, from the SBOM. */
final class LicencesPage {
  private static final String HEAD =
      """
      # What is in outflow.jar, and under which licences

      Written from `job/target/outflow-sbom.json` (CycloneDX), which each build writes beside the jar; do not edit.
      The texts of licences other than Apache-2.0 are in the jar under `META-INF/licenses`, one file for each group; those of
      the native libraries in snappy-java, lz4-java and zstd-jni too. Outflow itself is under [Apache-2.0](../../LICENSE).

      | library | version | licence |
      |---|---|---|
      """;

  private LicencesPage() {}

  /** The page as it should be. */
  static String of(Map<Library, List<String>> libraries) {
    StringBuilder page = new StringBuilder(HEAD);
    libraries.forEach(
        (library, licences) -> {
          if (!library.isOurs()) {
            page.append(
                "| `%s:%s` | %s | %s |%n"
                    .formatted(
                        library.group(),
                        library.name(),
                        library.version(),
                        String.join(", ", licences)));
          }
        });
    return page.toString();
  }
}
