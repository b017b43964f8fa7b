package dev.outflow.print;

import static dev.outflow.compose.Ddl.identifier;
import static dev.outflow.compose.Ddl.literal;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.Ddl;
import dev.outflow.compose.InputDeadLetters;
import dev.outflow.compose.JobOptions;
import dev.outflow.definition.FunctionDefinition;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OnConflict;
import dev.outflow.definition.Query;
import dev.outflow.functions.OutflowModule;
import dev.outflow.option.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generates a script for Flink's SQL client. */
public final class SqlScript {
  private SqlScript() {}

  /**
   * Returns the options, functions, tables and views of a job, and a statement set that writes its
   * outputs; a job with a Java transformation has neither views nor a statement set. Secrets that
   * are not references are redacted; a comment at the top lists them.
   */
  public static String of(ComposedJob job) {
    JobDefinition definition = job.definition();
    StringBuilder script = new StringBuilder(header(definition));
    Redaction.of(JobOptions.written(definition))
        .forEach((key, value) -> script.append(set(key, value)));
    if (!definition.queries().isEmpty()) {
      script.append("\nLOAD MODULE ").append(OutflowModule.NAME).append(";\n");
    }
    definition.functions().forEach(function -> script.append('\n').append(create(function)));
    job.ddl().values().forEach(table -> script.append('\n').append(terminated(table)));
    StringBuilder inserts = new StringBuilder();
    for (Query query : definition.queries()) {
      String name = identifier(query.name());
      if (definition.outputs().containsKey(query.name())) {
        inserts.append("INSERT INTO ").append(name).append('\n');
        inserts.append(terminated(query.sql() + onConflict(job, query.name())));
      } else {
        script.append("\nCREATE TEMPORARY VIEW ").append(name).append(" AS\n");
        script.append(terminated(query.sql()));
      }
    }
    definition
        .inputs()
        .forEach(
            (name, input) ->
                InputDeadLetters.of(name, input)
                    .ifPresent(deadLetters -> inserts.append(terminated(deadLetters.insert()))));
    if (!inserts.isEmpty()) {
      script.append("\nEXECUTE STATEMENT SET\nBEGIN\n").append(inserts).append("END;\n");
    }
    return script.toString();
  }

  /** Returns tables only; a comment at the top lists the redacted secrets. */
  static String ofTables(Map<String, InputDefinition> tables) {
    List<String> hidden = new ArrayList<>();
    tables.forEach((name, table) -> hidden.addAll(secretsOfTable(name, table.options())));
    StringBuilder script = new StringBuilder(header(hidden));
    tables.forEach(
        (name, table) -> script.append(Ddl.createInput(name, table.redacted())).append(";\n\n"));
    return script.toString();
  }

  private static String onConflict(ComposedJob job, String alias) {
    OnConflict chosen = job.onConflict().get(alias);
    return chosen == null ? "" : "\n" + chosen.clause();
  }

  private static String create(FunctionDefinition function) {
    if (!(function instanceof FunctionDefinition.JavaFunction java)) {
      return "-- Function %s: SQL cannot create a function in JavaScript; run this job without the SQL client, or write it in Java.\n"
          .formatted(identifier(function.name()));
    }
    return "CREATE TEMPORARY SYSTEM FUNCTION %s AS %s LANGUAGE JAVA%s;\n"
        .formatted(
            identifier(java.name()),
            literal(java.className()),
            java.jar().map(jar -> " USING JAR " + literal(jar)).orElse(""));
  }

  private static String set(String key, String value) {
    return "SET %s = %s;\n".formatted(literal(key), literal(value));
  }

  /** Puts the semicolon on a line of its own after a trailing comment. */
  private static String terminated(String statement) {
    String lastLine = statement.substring(statement.lastIndexOf('\n') + 1);
    return statement + (lastLine.contains("--") ? "\n;\n" : ";\n");
  }

  private static String header(JobDefinition definition) {
    List<String> hidden = new ArrayList<>();
    secrets(JobOptions.written(definition)).forEach(key -> hidden.add("SET " + literal(key)));
    definition
        .inputs()
        .forEach((name, input) -> hidden.addAll(secretsOfTable(name, input.options())));
    definition
        .outputs()
        .forEach((alias, output) -> hidden.addAll(secretsOfTable(alias, output.options())));
    return header(hidden);
  }

  private static String header(List<String> hidden) {
    return hidden.isEmpty()
        ? ""
        : "-- Replace each %s before running this script, or use a reference such as ${env:NAME}:\n--   %s\n\n"
            .formatted(Redaction.HIDDEN, String.join("\n--   ", hidden));
  }

  private static List<String> secretsOfTable(String table, Map<String, String> options) {
    return secrets(options).stream()
        .map(key -> literal(key) + " of table " + identifier(table))
        .toList();
  }

  private static List<String> secrets(Map<String, String> options) {
    return options.entrySet().stream()
        .filter(option -> Redaction.isHidden(option.getKey(), option.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
