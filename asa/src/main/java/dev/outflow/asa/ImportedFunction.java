package dev.outflow.asa;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.column.Slot;
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
 * @param result its result; a type that ASA does not declare follows from the queries
 */
record ImportedFunction(AsaFunction definition, Slot result) {
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
        imported.add(new ImportedFunction(function, result(function)));
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
    entries.put("returns", result.type().sql());
    return entries;
  }

  /** Notes what has to be decided. */
  void note(Findings findings) {
    if (definition.isPlaceholder()) {
      findings.decide(
          definition.line(),
          0,
          "the script of %s is not in the file: paste it into %s, which fails the job until then"
              .formatted(call(definition), file()));
    }
    if (result.isGuessed()) {
      findings.decide(
          definition.line(),
          0,
          "functions.%s.returns is %s, because the function '%s' returns %s and is %s: set it to the SQL type of the result; a result of another type fails the job"
              .formatted(
                  name(),
                  result.type().sql(),
                  definition.alias(),
                  definition.output().orElse("any"),
                  result.reason()));
    }
  }

  private static String call(AsaFunction function) {
    return (function.isAggregate() ? "uda." : "udf.") + function.alias();
  }

  /** Returns what the translation has to know. */
  KnownFunction known() {
    return new KnownFunction(
        call(definition).toLowerCase(Locale.ROOT),
        name(),
        definition.isAggregate(),
        usesTime(),
        definition.inputs().stream().map(ImportedFunction::type).toList(),
        result);
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

  private static Slot result(AsaFunction function) {
    return function
        .output()
        .flatMap(ImportedFunction::type)
        .map(type -> Slot.declared(function.alias(), type))
        .orElseGet(() -> Slot.used(function.alias(), new Position(function.line(), 0, 0)));
  }

  private static Optional<ColumnType> type(String asa) {
    return DeclaredType.of(
        new DataType(asa.replaceFirst("\\(.*", "").strip(), List.of(), new Position(0, 0, 0)));
  }
}
