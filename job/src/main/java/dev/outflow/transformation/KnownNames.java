package dev.outflow.transformation;

import dev.outflow.definition.Unusable;
import dev.outflow.option.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The tables and columns that queries can use.
 *
 * @param tables the names of the tables
 * @param tablesByColumn the tables of each column
 * @param missingTables the paths of tables that are missing because of a problem, by their names
 * @param missingColumns the same for columns
 * @param missingFunctions the paths of functions with a problem, by their names in lowercase
 * @param missingTimes the paths of event times that are missing because of a problem
 */
record KnownNames(
    List<String> tables,
    Map<String, List<String>> tablesByColumn,
    Map<String, String> missingTables,
    Map<String, String> missingColumns,
    Map<String, String> missingFunctions,
    List<String> missingTimes) {

  static KnownNames of(
      StreamTableEnvironment flink, Unusable unusable, Map<String, String> failedQueries) {
    List<String> tables = new ArrayList<>(Arrays.asList(flink.listTables()));
    Map<String, List<String>> tablesByColumn = new TreeMap<>();
    for (String table : tables) {
      for (String name : flink.from("`" + table + "`").getResolvedSchema().getColumnNames()) {
        tablesByColumn.computeIfAbsent(name, any -> new ArrayList<>()).add(table);
      }
    }
    Map<String, String> missing = new TreeMap<>(unusable.tables());
    missing.putAll(failedQueries);
    return new KnownNames(
        tables,
        tablesByColumn,
        missing,
        unusable.columns(),
        unusable.functions(),
        unusable.eventTimes());
  }

  /** Returns the names of all tables and columns. */
  Set<String> all() {
    Set<String> all = new HashSet<>(tables);
    all.addAll(tablesByColumn.keySet());
    all.addAll(missingTables.keySet());
    all.addAll(missingColumns.keySet());
    return all;
  }

  /** Returns the path of what is missing, if that is the only cause of a problem. */
  Optional<String> cause(SqlProblem problem) {
    return problem
        .missingTable()
        .flatMap(this::missingTable)
        .or(() -> problem.missingColumn().map(missingColumns::get))
        .or(
            () ->
                problem
                    .unknownFunction()
                    .map(name -> missingFunctions.get(name.toLowerCase(Locale.ROOT))))
        .or(() -> missingTimes.stream().filter(time -> problem.isTimeColumn()).findFirst());
  }

  /** A query with an invalid table name is suggested only for a similar name. */
  private Optional<String> missingTable(String name) {
    return Optional.ofNullable(missingTables.get(name))
        .or(
            () ->
                nearest(
                        missingTables.keySet().stream()
                            .filter(missing -> !missing.matches("\\w+"))
                            .toList(),
                        name)
                    .map(missingTables::get));
  }

  /** Returns the name that is probably meant by an unknown one. */
  Optional<String> meant(SqlProblem problem) {
    return problem
        .missingTable()
        .flatMap(name -> nearest(union(tables, missingTables), name))
        .or(
            () ->
                problem
                    .missingColumn()
                    .filter(name -> !tablesByColumn.containsKey(name))
                    .flatMap(
                        name -> nearest(union(tablesByColumn.keySet(), missingColumns), name)));
  }

  /** Returns what to add to a message about an unknown name. */
  String advice(SqlProblem problem) {
    return meant(problem)
        .map("; did you mean '%s'?"::formatted)
        .or(() -> problem.missingTable().map(name -> Suggestion.among(tables, name)))
        .or(
            () ->
                problem
                    .missingColumn()
                    .map(tablesByColumn::get)
                    .map(found -> "; available in " + String.join(", ", found)))
        .orElse("");
  }

  private static List<String> union(Collection<String> known, Map<String, String> missing) {
    List<String> all = new ArrayList<>(known);
    all.addAll(missing.keySet());
    return all;
  }

  private static Optional<String> nearest(List<String> known, String name) {
    return known.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .or(() -> Suggestion.nearest(known, name));
  }
}
