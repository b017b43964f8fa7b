package dev.outflow.testing.cases;

import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.option.Suggestion;
import dev.outflow.testing.PlannedJob;
import dev.outflow.testing.rows.ExpectedRow;
import dev.outflow.testing.rows.ExpectedRows;
import dev.outflow.testing.rows.InputFile;
import dev.outflow.testing.rows.RecordFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;

/** Reads test cases and the jobs that they test. A job with several test cases is planned once. */
public final class CaseReader {
  private final boolean accepting;
  private final JobPlans jobs;
  private final List<Problem> problems = new ArrayList<>();

  private CaseReader(boolean accepting, JobPlans jobs) {
    this.accepting = accepting;
    this.jobs = jobs;
  }

  /**
   * The test cases that could be read.
   *
   * @param valid the test cases without problems
   * @param problems of the others and of their jobs
   */
  record Found(List<JobCase> valid, List<Problem> problems) {}

  /**
   * Reads all test cases in some folders, each of which can be a test case itself.
   *
   * @throws InvalidDefinitionException with all problems of the test cases and of their jobs
   */
  public static List<JobCase> read(List<Path> folders) {
    return read(folders, Optional.empty());
  }

  /**
   * Reads all test cases in some folders, see {@link #read(List)}.
   *
   * @param environment the environment of the jobs, instead of those in {@code test.yaml}
   */
  public static List<JobCase> read(List<Path> folders, Optional<String> environment) {
    return orThrow(new CaseReader(false, JobPlans.once(environment)).readAll(folders));
  }

  /**
   * Reads test cases whose actual rows are going to be accepted: expected rows that are missing or
   * invalid are not reported.
   *
   * @throws InvalidDefinitionException as {@link #read}
   */
  public static List<JobCase> readToAccept(List<Path> folders, Optional<String> environment) {
    return orThrow(new CaseReader(true, JobPlans.once(environment)).readAll(folders));
  }

  /** Reads test cases; those with problems are left out. */
  static Found find(List<Path> folders, JobPlans jobs) {
    return new CaseReader(false, jobs).readAll(folders);
  }

  private static List<JobCase> orThrow(Found found) {
    if (!found.problems().isEmpty()) {
      throw new InvalidDefinitionException(found.problems());
    }
    return found.valid();
  }

  private Found readAll(List<Path> folders) {
    List<Path> tests =
        folders.stream().flatMap(folder -> CaseFolders.under(folder, problems).stream()).toList();
    jobs.plan(tests.stream().flatMap(test -> findSource(test).stream()).toList());
    List<JobCase> valid = new ArrayList<>();
    for (Path folder : tests) {
      int before = problems.size();
      JobCase test = collectProblems(() -> readCaseOrReject(folder), null);
      if (problems.size() == before) {
        valid.add(test);
      }
    }
    return new Found(valid, problems.stream().sorted().distinct().toList());
  }

  /** Returns the job of a test case, unless reading the test case is going to fail. */
  private Optional<DefinitionSource> findSource(Path folder) {
    try {
      return Optional.of(source(folder, CaseSettings.of(folder), jobs.environment()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** An unexpected failure is a problem of its test case only. */
  private JobCase readCaseOrReject(Path folder) {
    try {
      return readCase(folder);
    } catch (InvalidDefinitionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw invalid(Location.of(folder.toString()), "cannot be read: " + e);
    }
  }

  private JobCase readCase(Path folder) {
    CaseSettings settings = CaseSettings.of(folder);
    PlannedJob job = jobs.get(source(folder, settings, jobs.environment()));
    Map<String, List<Column>> outputs = outputs(folder, settings, job);
    return new JobCase(
        folder,
        job,
        inputs(folder, job),
        outputs,
        expected(folder, job, outputs),
        settings.ordered());
  }

  /** Returns the job of a test case, in an environment or else in that of the test case. */
  static DefinitionSource source(Path folder, CaseSettings settings, Optional<String> environment) {
    return new DefinitionSource(
        job(folder, settings), environment.or(settings::env), settings.set());
  }

  private static String job(Path folder, CaseSettings settings) {
    if (settings.job().isPresent()) {
      Path named = folder.resolve(settings.job().get()).normalize();
      if (!Files.exists(named)) {
        throw new InvalidDefinitionException(
            List.of(CaseSettings.problem(folder, "job", "file not found: " + named)));
      }
      return named.toString();
    }
    Path from = folder.toAbsolutePath().normalize();
    for (Path above = from.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above.resolve("job.yaml"))) {
        Path found = above.resolve("job.yaml");
        return folder.isAbsolute()
            ? found.toString()
            : folder.resolve(from.relativize(found)).normalize().toString();
      }
    }
    throw invalid(
        Location.of(folder.toString()),
        "no job.yaml in any parent folder; name one in test.yaml, e.g. 'job: ../../job.yaml'");
  }

  private Map<String, InputFile.Content> inputs(Path folder, PlannedJob job) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : CaseFolders.entries(folder)) {
      if (CaseFolders.isRows(file)) {
        String name = withoutExtension(file);
        if (!job.inputs().containsKey(name)) {
          unknown(file, "is not an input of the job", job.inputs().keySet(), name);
        } else if (files.put(name, file) != null) {
          problems.add(
              new Problem(
                  Location.of(file.toString()), "", "found both a .csv and a .jsonl; keep one"));
        }
      }
    }
    Map<String, InputFile.Content> contents = new LinkedHashMap<>();
    files.forEach(
        (name, file) ->
            contents.put(
                name,
                collectProblems(
                    () ->
                        InputFile.read(file, name, job.inputs().get(name), job.formats().get(name)),
                    InputFile.Content.NONE)));
    return contents;
  }

  /** Returns the columns to compare, for each output to compare. */
  private Map<String, List<Column>> outputs(Path folder, CaseSettings settings, PlannedJob job) {
    Set<String> known = new TreeSet<>();
    job.outputs()
        .forEach(
            (alias, columns) ->
                columns
                    .getColumnNames()
                    .forEach(name -> known.addAll(List.of(name, alias + "." + name))));
    for (String ignored : settings.ignore()) {
      if (!known.contains(ignored)) {
        problems.add(
            CaseSettings.problem(
                folder,
                "ignore",
                "no output has a column '%s'%s"
                    .formatted(ignored, Suggestion.among(known, ignored))));
      }
    }
    Collection<String> compared = settings.outputs().orElse(List.copyOf(job.outputs().keySet()));
    Map<String, List<Column>> outputs = new LinkedHashMap<>();
    for (String alias : compared) {
      ResolvedSchema columns = job.outputs().get(alias);
      if (columns == null) {
        problems.add(
            CaseSettings.problem(
                folder,
                "outputs",
                "unknown output '%s'%s"
                    .formatted(alias, Suggestion.among(job.outputs().keySet(), alias))));
        continue;
      }
      outputs.put(
          alias,
          columns.getColumns().stream()
              .filter(column -> !isIgnored(settings, alias, column.getName()))
              .toList());
    }
    return outputs;
  }

  private static boolean isIgnored(CaseSettings settings, String alias, String column) {
    return settings.ignore().contains(column) || settings.ignore().contains(alias + "." + column);
  }

  private Map<String, List<ExpectedRow>> expected(
      Path folder, PlannedJob job, Map<String, List<Column>> outputs) {
    Path expected = folder.resolve(CaseFolders.EXPECTED);
    for (Path file : CaseFolders.entries(expected)) {
      if (!accepting && CaseFolders.isRows(file) && !outputs.containsKey(withoutExtension(file))) {
        unknown(
            file, "is not an output that is compared", outputs.keySet(), withoutExtension(file));
      }
    }
    Map<String, List<ExpectedRow>> rows = new LinkedHashMap<>();
    outputs.forEach(
        (alias, columns) -> {
          Path file = expected.resolve(alias + RecordFile.JSON_LINES);
          if (Files.exists(file)) {
            Set<String> all = Set.copyOf(job.outputs().get(alias).getColumnNames());
            List<Column> read =
                job.definition().outputs().get(alias).isUpsert()
                    ? columns.stream().map(CaseReader::nullable).toList()
                    : columns;
            rows.put(
                alias,
                accepting
                    ? ExpectedRows.readValid(file, read, all)
                    : collectProblems(() -> ExpectedRows.read(file, read, all), List.of()));
          } else if (!accepting) {
            problems.add(
                new Problem(
                    Location.of(file.toString()),
                    "",
                    "is missing; create it (empty if no rows are expected), or run"
                        + " './outflow test --accept %s'".formatted(folder)));
          }
        });
    return rows;
  }

  /** A record that deletes a row has the columns of its key only. */
  private static Column nullable(Column column) {
    return Column.physical(column.getName(), column.getDataType().nullable());
  }

  private <T> T collectProblems(Supplier<T> reading, T fallback) {
    try {
      return reading.get();
    } catch (InvalidDefinitionException e) {
      problems.addAll(e.problems());
      return fallback;
    }
  }

  private void unknown(Path file, String message, Collection<String> known, String written) {
    problems.add(
        new Problem(Location.of(file.toString()), "", message + Suggestion.among(known, written)));
  }

  private static String withoutExtension(Path file) {
    return file.getFileName().toString().replaceFirst("\\.(jsonl|csv)$", "");
  }

  private static InvalidDefinitionException invalid(Location place, String message) {
    return new InvalidDefinitionException(List.of(new Problem(place, "", message)));
  }
}
