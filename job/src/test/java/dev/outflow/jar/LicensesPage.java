package dev.outflow.jar;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Generates {@code docs/reference/licenses.md} from the SBOM. */
final class LicensesPage {
  private static final String HEAD =
      """
      # What is in {jar}.jar, and under which licenses

      Generated from `{module}/target/{jar}-sbom.json` (CycloneDX), which each build writes next to the jar; do not edit.
      The texts of licenses other than Apache-2.0 are in the jar under `META-INF/licenses`, one file per group, including those of
      the native libraries in snappy-java, lz4-java and zstd-jni. Outflow itself is under [Apache-2.0](../../LICENSE).

      | library | version | license |
      |---|---|---|
      """;

  /** The folder that the test runs in. */
  private static final String MODULE = Path.of("").toAbsolutePath().getFileName().toString();

  private LicensesPage() {}

  /** Returns the page. */
  static String of(Map<Library, List<String>> libraries) {
    StringBuilder page =
        new StringBuilder(HEAD.replace("{jar}", OutflowJar.NAME).replace("{module}", MODULE));
    libraries.forEach(
        (library, licenses) -> {
          if (!library.isOurs()) {
            page.append(
                "| `%s:%s` | %s | %s |%n"
                    .formatted(
                        library.group(),
                        library.name(),
                        library.version(),
                        String.join(", ", licenses)));
          }
        });
    return page.toString();
  }
}
