package dev.outflow.asa;

import dev.outflow.asa.project.NotAnAsaJobException;
import dev.outflow.asa.report.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Imports every script in a folder and prints how many are parsed and translated. Run it on queries
 * of your own: {@code mvn -pl asa -am test-compile}, then this class with the folder as argument and
 * {@code -v} to list the findings.
 */
final class Survey {
  private int scripts;
  private int parsed;
  private int exact;
  private int differing;
  private int statements;
  private int translated;
  private final Map<String, Integer> missing = new TreeMap<>();

  private Survey() {}

  /** Prints the table for the folder in the first argument. */
  public static void main(String[] arguments) throws IOException {
    boolean verbose = List.of(arguments).contains("-v");
    Survey survey = new Survey();
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".asaql")).sorted().toList()) {
        survey.add(file, verbose, System.out);
      }
    }
    survey.print(System.out);
  }

  private void add(Path file, boolean verbose, PrintStream out) {
    scripts++;
    try {
      JobImport result = JobImport.of(file, Map.of(), Optional.empty());
      statements += result.report().statements();
      translated += result.report().translated();
      boolean valid =
          result.report().findings().stream()
              .noneMatch(finding -> finding.message().endsWith("; the statement is left out")
                  && finding.message().startsWith("expected"));
      parsed += valid ? 1 : 0;
      boolean all = result.report().isComplete();
      boolean differs = result.report().differing() > 0;
      exact += all && !differs ? 1 : 0;
      differing += all && differs ? 1 : 0;
      for (Finding finding : result.report().findings()) {
        if (finding.kind() == Finding.Kind.MISSING) {
          missing.merge(finding.message().replaceFirst("^(output|step) [^:]*: ", ""), 1, Integer::sum);
        }
      }
      if (verbose) {
        out.println(file);
        result.report().lines().forEach(line -> out.println("  " + line));
      }
    } catch (NotAnAsaJobException | RuntimeException e) {
      out.println(file + "  " + e);
    }
  }

  private void print(PrintStream out) {
    out.printf("%-34s %5d%n", "scripts", scripts);
    out.printf("%-34s %5d%n", "  parsed", parsed);
    out.printf("%-34s %5d%n", "  translated, exact", exact);
    out.printf("%-34s %5d%n", "  translated, with a difference", differing);
    out.printf("%-34s %5d%n", "  with something missing", scripts - exact - differing);
    out.printf("%-34s %5d%n", "statements", statements);
    out.printf("%-34s %5d%n", "  translated", translated);
    missing.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> out.printf("%5d  %s%n", entry.getValue(), entry.getKey()));
  }
}
