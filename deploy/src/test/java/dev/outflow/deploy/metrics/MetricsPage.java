package dev.outflow.deploy.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the Prometheus names from the tables in {@code docs/reference/metrics.md}. */
final class MetricsPage {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.-]+)` \\| `(flink_\\w+)` \\|");

  private MetricsPage() {}

  static Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    ROW.matcher(Files.readString(Path.of("../docs/reference/metrics.md")))
        .results()
        .forEach(
            row -> {
              String name = row.group(1).replaceAll("[.-]", "_");
              if (!row.group(2).endsWith("_" + name)) {
                throw new IllegalStateException(row.group(1) + " does not match " + row.group(2));
              }
              names.add(row.group(2));
            });
    return names;
  }
}
