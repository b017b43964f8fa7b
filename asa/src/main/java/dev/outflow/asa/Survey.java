package dev.outflow.asa;

import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.query.ScriptParser;
import dev.outflow.asa.report.Finding;
import dev.outflow.asa.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Imports every script in a folder, and counts how many are parsed and translated. */
public final class Survey {
  private int scripts;
  private int parsed;
  private int exact;
  private int differing;
  private int statements;
  private int translated;
  private final Map<String, Integer> missing = new TreeMap<>();
  private final Consumer<String> out;

  private Survey(Consumer<String> out) {
    this.out = out;
  }

  /**
   * Prints a table, and what is missing by its frequency.
   *
   * @param folder of files {@code *.asaql}
   * @throws IOException if the folder cannot be read
   */
  public static void print(Path folder, Consumer<String> out) throws IOException {
    Survey survey = new Survey(out);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".asaql")).sorted().toList()) {
        survey.add(file);
      }
    }
    survey.print();
  }

  private void add(Path file) {
    scripts++;
    try {
      parsed += ScriptParser.parse(Files.readString(file)).errors().isEmpty() ? 1 : 0;
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
    } catch (NotAnAsaJobException | IOException e) {
      out.accept(file + "  " + e.getMessage());
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
    missing.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> out.accept("%5d  %s".formatted(entry.getValue(), entry.getKey())));
  }

  private void row(String name, int count) {
    out.accept("%-34s %5d".formatted(name, count));
  }
}
