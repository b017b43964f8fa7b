package dev.outflow.transformation;

import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A query as far as Flink can plan it. Flink reports only the first problem of a query, so a
 * misspelled name is replaced by the one that is probably meant to find the following problems,
 * too.
 *
 * @param result the table, if the query or its corrected text can be planned
 * @param problems the problems of the query
 * @param cause the path of what the query needs and is missing because of a problem of its own
 * @param misspelled the names that were replaced
 */
record QueryPlan(
    Optional<Table> result,
    List<Problem> problems,
    Optional<String> cause,
    Set<String> misspelled) {
  private static final int ROUNDS = 10;

  /**
   * Plans a query.
   *
   * @param known the names that it can use, for a query with problems
   */
  static QueryPlan of(Query query, StreamTableEnvironment tables, Supplier<KnownNames> known) {
    List<Problem> problems = new ArrayList<>();
    Set<String> misspelled = new HashSet<>();
    Optional<EditedSql> next = Optional.of(EditedSql.of(query.sql()));
    for (int round = 0; round < ROUNDS && next.isPresent(); round++) {
      EditedSql sql = next.get();
      try {
        Optional<Table> result = Optional.of(tables.sqlQuery(sql.text()));
        return new QueryPlan(result, problems, Optional.empty(), misspelled);
      } catch (RuntimeException e) {
        SqlProblem problem = SqlProblem.of(e);
        KnownNames names = known.get();
        Optional<String> cause = names.cause(problem);
        if (cause.isPresent()) {
          return new QueryPlan(Optional.empty(), problems, cause, misspelled);
        }
        problem.missingColumn().ifPresent(misspelled::add);
        next = report(query, sql, problem, tables, names, problems);
      }
    }
    return new QueryPlan(Optional.empty(), problems, Optional.empty(), misspelled);
  }

  /** Adds a problem and returns the query without it, if it can be corrected. */
  private static Optional<EditedSql> report(
      Query query,
      EditedSql sql,
      SqlProblem problem,
      StreamTableEnvironment tables,
      KnownNames names,
      List<Problem> problems) {
    List<Problem> asa =
        problem.isSyntaxError() || problem.isUnknownFunction() ? AsaSyntax.in(query) : List.of();
    if (!asa.isEmpty()) {
      problems.addAll(asa);
      return Optional.empty();
    }
    Optional<Integer> index = problem.position().map(at -> at.in(sql.text()));
    if (problem.isSyntaxError() && index.isPresent()) {
      Optional<ReservedWord> reserved =
          ReservedWord.find(sql.text(), index.get(), names.all(), tables);
      if (reserved.isPresent()) {
        ReservedWord word = reserved.get();
        SqlPosition at = sql.written(SqlPosition.at(sql.text(), word.index()));
        problems.add(query.problemAt(at.line(), at.column(), word.message()));
        return Optional.of(sql.replace(word.index(), word.word(), word.quoted()));
      }
    }
    problems.add(problem.in(query, problem.position().map(sql::written), names.advice(problem)));
    return names.meant(problem).flatMap(meant -> correct(sql, problem, index, meant));
  }

  private static Optional<EditedSql> correct(
      EditedSql sql, SqlProblem problem, Optional<Integer> index, String meant) {
    String word = problem.missingTable().or(problem::missingColumn).orElseThrow();
    Matcher written =
        Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)")
            .matcher(SqlText.code(sql.text()));
    return index
        .filter(at -> written.find(at))
        .map(at -> sql.replace(written.start(), word, "`" + meant + "`"));
  }
}
