package dev.outflow.asa;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.project.AsaFunction;
import dev.outflow.asa.query.DataType;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import dev.outflow.asa.translation.KnownFunction;
import dev.outflow.javascript.JavaScriptFunctions;
import dev.outflow.javascript.Script;
import dev.outflow.javascript.ScriptException;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function of the imported job, whose script runs unchanged. It keeps ASA's prefix as a part of
 * its name, so that it differs from Flink's own functions.
 *
 * @param definition the function in ASA
 */
record ImportedFunction(AsaFunction definition) {
  private static final Pattern ACCUMULATE =
      Pattern.compile(
          "accumulate\\s*=\\s*function\\s*\\(\\s*\\w+\\s*,\\s*(\\w+)\\s*\\)\\s*(\\{.*)",
          Pattern.DOTALL);

  /** Returns the functions whose scripts run; adds a finding for each other one. */
  static List<ImportedFunction> of(List<AsaFunction> functions, Findings findings) {
    List<ImportedFunction> imported = new ArrayList<>();
    for (AsaFunction function : functions) {
      try {
        JavaScriptFunctions.check(new Script(function.alias(), function.file(), function.script()));
        imported.add(new ImportedFunction(function));
      } catch (ScriptException e) {
        Findings own = new Findings(function.file());
        own.missing(
            function.line(),
            0,
            "the script of the function '%s' does not run: line %d: %s; see docs/transform.md#functions-in-javascript for what it can use"
                .formatted(function.alias(), e.line(), e.problem()),
            Optional.of(Section.FUNCTIONS));
        findings.addAll(own.list());
      }
    }
    return imported;
  }

  /** Returns its name in SQL. */
  String name() {
    return (definition.isAggregate() ? "uda_" : "udf_")
        + definition.alias().replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** Returns the beginning of a call of it. */
  String call() {
    return "`" + name() + "`(";
  }

  /** Returns the path of its script in the imported job. */
  String file() {
    return "functions/" + name() + ".js";
  }

  String script() {
    return definition.script();
  }

  /** Returns its entry in job.yaml. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("script", file());
    entries.put("returns", result().map(ColumnType::sql).orElse("STRING"));
    return entries;
  }

  /** Notes what has to be decided. */
  void note(Findings findings) {
    if (result().isEmpty()) {
      findings.decide(
          definition.line(),
          0,
          "functions.%s.returns is STRING, because the function '%s' returns %s: set it to the SQL type of the result; a result of another type fails the job"
              .formatted(name(), definition.alias(), definition.output().orElse("any")));
    }
  }

  /** Returns what the translation has to know. */
  KnownFunction known() {
    return new KnownFunction(
        (definition.isAggregate() ? "uda." : "udf.") + definition.alias().toLowerCase(Locale.ROOT),
        name(),
        definition.isAggregate(),
        usesTime(),
        definition.inputs().stream().map(ImportedFunction::type).toList(),
        Optional.of(result().orElse(ColumnType.Scalar.STRING)));
  }

  /** ASA passes the time of the event to each aggregate; most ignore it. */
  private boolean usesTime() {
    Matcher accumulate = ACCUMULATE.matcher(definition.script());
    return accumulate.find()
        && accumulate
            .group(2)
            .split("computeResult", 2)[0]
            .matches("(?s).*\\b" + Pattern.quote(accumulate.group(1)) + "\\b(?!\\s*\\)\\s*\\{).*");
  }

  private Optional<ColumnType> result() {
    return definition.output().flatMap(ImportedFunction::type);
  }

  private static Optional<ColumnType> type(String asa) {
    return DeclaredType.of(
        new DataType(asa.replaceFirst("\\(.*", "").strip(), List.of(), new Position(0, 0, 0)));
  }
}
