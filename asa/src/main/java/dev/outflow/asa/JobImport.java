package dev.outflow.asa;

import dev.outflow.asa.column.Sample;
import dev.outflow.asa.project.AsaJob;
import dev.outflow.asa.project.Endpoint;
import dev.outflow.asa.project.JobReader;
import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.ScriptParser;
import dev.outflow.asa.report.Finding;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.ImportReport;
import dev.outflow.asa.translation.KnownFunction;
import dev.outflow.asa.translation.KnownInput;
import dev.outflow.asa.translation.KnownOutput;
import dev.outflow.asa.translation.ScriptTranslator;
import dev.outflow.asa.translation.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An imported job: the files of it and the report.
 *
 * @param name of the job
 * @param files the text of each file by its path; empty job if no statement could be translated
 * @param report what the reader has to know
 */
public record JobImport(String name, Map<String, String> files, ImportReport report) {
  /** Each round leaves out what Flink rejects; more than a few would be a bug. */
  private static final int ROUNDS = 20;

  /**
   * Imports a job. What it returns is accepted by Flink's planner.
   *
   * @param path as for {@link JobReader#read}
   * @param samples files with sample records, by the alias of their input
   * @param parameters the parameters file of a template
   * @throws NotAnAsaJobException if the path is not a job, or a sample cannot be read
   */
  public static JobImport of(Path path, Map<String, Path> samples, Optional<Path> parameters)
      throws NotAnAsaJobException {
    return of(path, SampleSources.of(samples, progress -> {}), parameters);
  }

  /**
   * Imports a job, as above.
   *
   * @param samples files and topics with sample records
   */
  public static JobImport of(Path path, SampleSources samples, Optional<Path> parameters)
      throws NotAnAsaJobException {
    return of(JobReader.read(path, parameters), samples);
  }

  private static JobImport of(AsaJob job, SampleSources samples) throws NotAnAsaJobException {
    Script script = ScriptParser.parse(job.script());
    Findings own = new Findings(job.file());
    List<KnownInput> known = known(job, samples, own);
    List<KnownOutput> outputs =
        job.outputs().stream()
            .map(output -> new KnownOutput(output.alias(), Serialization.isJson(output)))
            .toList();
    List<ImportedFunction> functions = ImportedFunction.of(job.functions(), own);
    List<KnownFunction> callable = functions.stream().map(ImportedFunction::known).toList();
    Map<String, String> refused = new HashMap<>();
    for (int round = 0; ; round++) {
      Translation translation =
          ScriptTranslator.translate(
              script, job.file(), known, callable, outputs, job.isScriptOnly(), refused);
      JobFiles files = new JobFiles(job, translation, functions);
      Map<String, String> text = files.files();
      Map<String, String> problems =
          text.containsKey("job.yaml") ? PlannerCheck.refused(text, translation) : Map.of();
      if (problems.isEmpty() || round == ROUNDS) {
        if (!problems.isEmpty()) {
          throw new IllegalStateException("Flink rejects the imported job: " + problems);
        }
        return result(job, translation, files, text, known, own);
      }
      refused.putAll(problems);
    }
  }

  private static JobImport result(
      AsaJob job,
      Translation translation,
      JobFiles files,
      Map<String, String> text,
      List<KnownInput> known,
      Findings own) {
    List<Finding> findings = new ArrayList<>(job.findings());
    findings.addAll(own.list());
    findings.addAll(translation.findings());
    files.findings().forEach(one -> findings.addAll(one.list()));
    ImportReport report =
        new ImportReport(
            job.name(),
            translation.statements(),
            translation.translated(),
            translation.differing(),
            findings);
    Map<String, String> all = new LinkedHashMap<>(text);
    if (text.containsKey("job.yaml")) {
      for (Translation.Input input : translation.inputs()) {
        known.stream()
            .filter(one -> one.alias().equalsIgnoreCase(input.alias()))
            .flatMap(one -> one.sample().stream())
            .forEach(
                sample ->
                    all.put(
                        "tests/sample/" + input.name() + ".jsonl", SampleRows.of(sample, input)));
      }
    }
    all.put("import.md", report.markdown());
    return new JobImport(job.name(), all, report);
  }

  private static List<KnownInput> known(AsaJob job, SampleSources samples, Findings own)
      throws NotAnAsaJobException {
    Set<String> given = new LinkedHashSet<>(samples.files().keySet());
    given.addAll(samples.topics());
    List<KnownInput> known = new ArrayList<>();
    for (Endpoint input : job.inputs()) {
      Optional<Sample> sample =
          given.remove(SampleSources.key(input.alias()))
              ? Optional.of(given(job, input.alias(), Optional.of(input), samples))
              : input.sample().flatMap(own(own, input));
      known.add(
          new KnownInput(input.alias(), input.isReference(), Serialization.isJson(input), sample));
    }
    for (String alias : given) {
      if (!job.isScriptOnly()) {
        throw NotAnAsaJobException.of(
            "--sample %s  is not an input of the job; expected one of %s"
                .formatted(
                    alias, String.join(", ", job.inputs().stream().map(Endpoint::alias).toList())));
      }
      known.add(
          new KnownInput(
              alias, false, true, Optional.of(given(job, alias, Optional.empty(), samples))));
    }
    return known;
  }

  private static Sample given(
      AsaJob job, String alias, Optional<Endpoint> endpoint, SampleSources samples)
      throws NotAnAsaJobException {
    Path file = samples.files().get(SampleSources.key(alias));
    return file == null
        ? TopicRecords.read(job.name(), alias, endpoint, samples.progress())
        : read(file);
  }

  private static Function<Path, Optional<Sample>> own(Findings own, Endpoint input) {
    return file -> {
      try {
        return Optional.of(Sample.read(file, file.getFileName().toString()));
      } catch (IOException e) {
        own.decide(
            0,
            0,
            "the sample of '%s' is not used: %s %s"
                .formatted(input.alias(), file.getFileName(), e.getMessage()));
        return Optional.empty();
      }
    };
  }

  private static Sample read(Path file) throws NotAnAsaJobException {
    try {
      return Sample.read(file, file.toString());
    } catch (IOException e) {
      throw NotAnAsaJobException.of("%s  cannot be read: %s".formatted(file, e.getMessage()));
    }
  }
}
