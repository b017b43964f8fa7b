package dev.outflow.testing.cases;

import dev.outflow.definition.DefinitionFiles;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.FunctionDefinition.ScriptFunction;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.testing.PlannedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The jobs of test cases. In one pass each is planned once; in the next one again only if its
 * content has changed.
 */
final class JobPlans {
  /** The plan of a job and what it depends on. */
  private record Plan(JobContent content, PlannedJob job) {}

  private final Optional<String> environment;
  private final Consumer<Set<Path>> reading;
  private final Map<DefinitionSource, Plan> plans = new HashMap<>();
  private final Map<DefinitionSource, InvalidDefinitionException> failures = new HashMap<>();
  private final Set<DefinitionSource> current = new HashSet<>();

  /**
   * @param environment the environment of all jobs, instead of those in {@code test.yaml}
   * @param reading receives the files of a definition before it is read
   */
  JobPlans(Optional<String> environment, Consumer<Set<Path>> reading) {
    this.environment = environment;
    this.reading = reading;
  }

  /** Returns the jobs of test cases that are read once. */
  static JobPlans once(Optional<String> environment) {
    return new JobPlans(environment, files -> {});
  }

  Optional<String> environment() {
    return environment;
  }

  /** Begins a pass: all definitions are read again. */
  void begin() {
    failures.clear();
    current.clear();
  }

  /**
   * Returns the planned job.
   *
   * @throws InvalidDefinitionException with all problems
   */
  PlannedJob get(DefinitionSource source) {
    if (current.add(source)) {
      try {
        plans.put(source, plan(source));
      } catch (InvalidDefinitionException e) {
        plans.remove(source);
        failures.put(source, e);
      }
    }
    if (failures.containsKey(source)) {
      throw failures.get(source);
    }
    return plans.get(source).job();
  }

  /** Returns what a planned job depends on. */
  JobContent content(DefinitionSource source) {
    return plans.get(source).content();
  }

  private Plan plan(DefinitionSource source) {
    Set<Path> files = DefinitionFiles.of(source);
    reading.accept(files);
    Draft draft = DefinitionReader.draft(source);
    JobContent content =
        JobContent.of(draft.definition(), times(files, source, draft.definition()));
    Plan last = plans.get(source);
    return draft.problems().isEmpty() && last != null && last.content().equals(content)
        ? last
        : new Plan(content, PlannedJob.of(draft));
  }

  /** Leaves out the files whose text is a part of the definition. */
  private static Map<Path, FileTime> times(
      Set<Path> files, DefinitionSource source, JobDefinition job) {
    Set<Path> contained = new HashSet<>(Set.of(Path.of(source.file()).normalize()));
    job.queries().forEach(query -> contained.add(Path.of(query.origin().file()).normalize()));
    job.functions().stream()
        .filter(ScriptFunction.class::isInstance)
        .forEach(function -> contained.add(Path.of(function.source()).normalize()));
    Map<Path, FileTime> times = new TreeMap<>();
    for (Path file : files) {
      try {
        if (!contained.contains(file) && Files.isRegularFile(file)) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      } catch (IOException e) {
        // It has been deleted meanwhile.
      }
    }
    return times;
  }
}
