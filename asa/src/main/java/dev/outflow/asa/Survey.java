package dev.outflow.asa;

import dev.outflow.asa.project.JobReader;
import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.ScriptParser;
import dev.outflow.asa.report.Finding;
import dev.outflow.asa.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Imports every query in a folder, and counts how many are parsed and translated. Files of other
 * kinds that can hold one, such as {@code .sql}, count if they do.
 */
public final class Survey {
  private static final Set<String> SURE = Set.of(".asaql");
  private static final Set<String> POSSIBLE = Set.of(".sql", ".txt", ".json");

  private int scripts;
  private int parsed;
  private int exact;
  private int differing;
  private int statements;
  private int translated;
  private int others;
  private final Map<String, Integer> missing = new TreeMap<>();
  private final Consumer<String> out;

  private Survey(Consumer<String> out) {
    this.out = out;
  }

  /**
   * Prints a table, and what is missing by its frequency.
   *
   * @param folder of scripts, {@code .asaql}, {@code .sql} or {@code .txt}, and templates
   * @throws IOException if the folder cannot be read
   */
  public static void print(Path folder, Consumer<String> out) throws IOException {
    Survey survey = new Survey(out);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (has(file, SURE) || has(file, POSSIBLE)) {
          survey.add(file);
        }
      }
    }
    survey.print();
  }

  private static boolean has(Path file, Set<String> endings) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(name::endsWith);
  }

  private void add(Path file) {
    try {
      Script script = ScriptParser.parse(JobReader.read(file, Optional.empty()).script());
      if (!has(file, SURE) && script.statements().isEmpty() && script.steps().isEmpty()) {
        others++;
        return;
      }
      scripts++;
      parsed += script.errors().isEmpty() ? 1 : 0;
      ImportReport report = JobImport.of(file, Map.of(), Optional.empty()).report();
      statements += report.statements();
      translated += report.translated();
      boolean differs = report.differing() > 0;
      exact += report.isComplete() && !differs ? 1 : 0;
      differing += report.isComplete() && differs ? 1 : 0;
      report.findings().stream()
          .filter(finding -> finding.kind() == Finding.Kind.MISSING)
          .map(finding -> finding.message().replaceFirst("^(output|step) [^:]*: ", ""))
          .forEach(message -> missing.merge(message, 1, Integer::sum));
    } catch (NotAnAsaJobException e) {
      others++;
    }
  }

  private void print() {
    row("scripts", scripts);
    row("  parsed", parsed);
    row("  translated, exact", exact);
    row("  translated, with a difference", differing);
    row("  with something missing", scripts - exact - differing);
    row("statements", statements);
    row("  translated", translated);
    row("other files, without a query", others);
    missing.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> out.accept("%5d  %s".formatted(entry.getValue(), entry.getKey())));
  }

  private void row(String name, int count) {
    out.accept("%-34s %5d".formatted(name, count));
  }
}
