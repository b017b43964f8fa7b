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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private final Map<DefinitionSource, Plan> plans = new ConcurrentHashMap<>();
  private final Map<DefinitionSource, RuntimeException> failures = new HashMap<>();
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

  /** Plans jobs that have not been planned in this pass, on all processors. */
  void plan(Collection<DefinitionSource> sources) {
    List<DefinitionSource> wanted = sources.stream().filter(current::add).toList();
    if (wanted.isEmpty()) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<CompletableFuture<Plan>> planning =
          wanted.stream()
              .map(source -> CompletableFuture.supplyAsync(() -> plan(source), threads))
              .toList();
      for (int index = 0; index < wanted.size(); index++) {
        keep(wanted.get(index), planning.get(index));
      }
    } finally {
      threads.shutdown();
    }
  }

  private void keep(DefinitionSource source, CompletableFuture<Plan> planning) {
    try {
      plans.put(source, planning.join());
    } catch (CompletionException e) {
      plans.remove(source);
      failures.put(source, e.getCause() instanceof RuntimeException failure ? failure : e);
    }
  }

  /**
   * Returns the planned job.
   *
   * @throws InvalidDefinitionException with all problems
   */
  PlannedJob get(DefinitionSource source) {
    plan(List.of(source));
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
    synchronized (reading) {
      reading.accept(files);
    }
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
