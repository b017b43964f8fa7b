package dev.outflow.compose;

import dev.outflow.definition.FunctionDefinition.ScriptFunction;
import dev.outflow.javascript.JavaScriptFunctions;
import dev.outflow.javascript.Script;
import dev.outflow.javascript.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.DataType;

/** Creates functions in JavaScript. */
final class ScriptFunctions {
  private ScriptFunctions() {}

  /** Creates a function, or reports what is wrong with its script and with its types. */
  static void create(ScriptFunction function, TableEnvironment tables, JobFunctions.Report report) {
    Optional<List<DataType>> arguments = Optional.empty();
    List<DataType> known = new ArrayList<>();
    if (function.arguments().isPresent()) {
      List<String> written = function.arguments().get();
      for (int i = 0; i < written.size(); i++) {
        type(written.get(i), tables)
            .ifPresentOrElse(known::add, problem(function, ".arguments", written.get(i), report));
      }
      arguments = Optional.of(known).filter(types -> types.size() == written.size());
    }
    Optional<DataType> result = type(function.returns(), tables);
    if (result.isEmpty()) {
      problem(function, ".returns", function.returns(), report).run();
    }
    result
        .flatMap(JavaScriptFunctions::unsupportedResult)
        .ifPresent(
            type ->
                report.problem(
                    function,
                    ".returns",
                    "a script cannot return %s; see docs/transform.md#functions-in-javascript"
                        .formatted(type.asSummaryString())));
    Script script = new Script(function.name(), function.file(), function.text());
    boolean typed = result.isPresent() && (arguments.isPresent() || function.arguments().isEmpty());
    try {
      if (typed && result.flatMap(JavaScriptFunctions::unsupportedResult).isEmpty()) {
        tables.createTemporarySystemFunction(
            function.name(), JavaScriptFunctions.of(script, arguments, result.get()));
      } else {
        JavaScriptFunctions.check(script);
      }
    } catch (ScriptException e) {
      report.problem(function, "", place(function, e) + e.problem());
    }
  }

  private static String place(ScriptFunction function, ScriptException failure) {
    if (failure.line() <= 0) {
      return function.file() + ": ";
    }
    String column = failure.column() > 0 ? ":" + failure.column() : "";
    return "%s:%d%s: ".formatted(function.file(), failure.line(), column);
  }

  private static Runnable problem(
      ScriptFunction function, String key, String written, JobFunctions.Report report) {
    return () ->
        report.problem(
            function, key, "'%s' is not a SQL type; expected e.g. BIGINT".formatted(written));
  }

  /** Parses a type as Flink's SQL does. */
  private static Optional<DataType> type(String written, TableEnvironment tables) {
    try {
      return Optional.of(
          tables
              .sqlQuery("SELECT CAST(NULL AS %s)".formatted(written))
              .getResolvedSchema()
              .getColumnDataTypes()
              .get(0));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
