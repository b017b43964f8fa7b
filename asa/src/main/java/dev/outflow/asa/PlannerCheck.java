package dev.outflow.asa;

import dev.outflow.asa.translation.Translation;
import dev.outflow.asa.translation.View;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.embedded.TemporaryFolder;
import dev.outflow.testing.PlannedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans an imported job as the job itself does, so that nothing leaves the import that cannot run.
 */
final class PlannerCheck {
  private PlannerCheck() {}

  /** Returns the queries that Flink rejects, with its messages. */
  static Map<String, String> refused(Map<String, String> files, Translation translation) {
    try (TemporaryFolder folder =
        new TemporaryFolder(Files.createTempDirectory("outflow-import"))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.path().resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      PlannedJob.read(folder.path().resolve("job.yaml").toString(), List.of());
      return Map.of();
    } catch (InvalidDefinitionException e) {
      Map<String, String> refused = new LinkedHashMap<>();
      e.problems().forEach(problem -> refused.putAll(queries(problem, translation)));
      return refused;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> queries(Problem problem, Translation translation) {
    Map<String, String> queries = new LinkedHashMap<>();
    String file = problem.location().file();
    for (View view : translation.views()) {
      boolean own =
          file.endsWith("/" + view.name() + ".sql")
              || problem.property().equals("queries." + view.name())
              || problem.property().equals("outputs." + view.name())
              || problem.property().startsWith("outputs." + view.name() + ".");
      boolean reads =
          translation.inputs().stream()
              .anyMatch(
                  input ->
                      problem.property().startsWith("inputs." + input.name())
                          && view.sql().contains("`" + input.name() + "`"));
      if (own || reads) {
        queries.put(view.name(), problem.message());
      }
    }
    if (queries.isEmpty()) {
      throw new IllegalStateException("cannot determine which query Flink rejects: " + problem);
    }
    return queries;
  }
}
