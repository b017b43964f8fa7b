package dev.outflow.asa.translation;

import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.SyntaxError;
import dev.outflow.asa.report.Findings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Translates scripts. The queries are translated several times: first to learn how they use columns
 * and times, where an input with several times becomes several tables; then with the types that
 * follow, so that unions agree on them; then for the result.
 */
public final class ScriptTranslator {
  private ScriptTranslator() {}

  /**
   * Translates a script.
   *
   * @param file of the script, as the report names it
   * @param known the inputs of the job
   * @param functions the functions of the job that run in Flink
   * @param open whether every other name that a query reads is an input too
   * @param outputs the outputs of the job
   * @param refused queries of an earlier translation that Flink refuses, with its messages
   */
  public static Translation translate(
      Script script,
      String file,
      List<KnownInput> known,
      List<KnownFunction> functions,
      List<KnownOutput> outputs,
      boolean open,
      Map<String, String> refused) {
    Findings findings = new Findings(file);
    for (SyntaxError error : script.errors()) {
      findings.missing(
          error.at().line(),
          error.at().column(),
          error.message() + "; the statement is left out",
          Optional.empty());
    }
    Names names = new Names();
    OutputNames outputNames = new OutputNames(script, outputs, names);
    Map<String, InputTable> inputs = InputTables.of(script, known, open, names, findings);
    for (boolean collecting : List.of(true, true, true, false)) {
      Findings ignored = new Findings(file);
      new TranslationPass(
              script,
              file,
              inputs,
              functions,
              outputNames,
              Map.of(),
              new Names(),
              ignored,
              collecting)
          .run();
    }
    TranslationPass pass =
        new TranslationPass(
            script, file, inputs, functions, outputNames, refused, names, findings, false);
    pass.run();
    return pass.translation(known);
  }
}
