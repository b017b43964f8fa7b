package dev.outflow.transformation;

import dev.outflow.definition.SqlText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A reserved word of Flink SQL that a query uses as a name.
 *
 * @param word as written
 * @param index where it begins
 */
record ReservedWord(String word, int index) {
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern BEFORE_ALIAS = Pattern.compile("(?is).*(?:\\bAS|\\.|[\\w)])\\s*");
  private static final Pattern AFTER_ALIAS = Pattern.compile("(?is)\\s*(?:,|FROM\\b).*");
  private static final Pattern NAME_FOLLOWS = Pattern.compile("(?is).*(?:\\bAS\\s+|\\.\\s*)");

  /**
   * Finds the word that made the parser fail: near the place where it failed, or any that is the
   * name of a table or column.
   *
   * @param failed where the parser failed
   * @param names the names of all tables and columns
   */
  static Optional<ReservedWord> find(
      String sql, int failed, Set<String> names, StreamTableEnvironment tables) {
    String code = SqlText.code(sql);
    Stream<MatchResult> near =
        WORD.matcher(code)
            .results()
            .filter(word -> isNear(word, failed, code) && isName(word, code, names));
    Stream<MatchResult> known =
        WORD.matcher(code).results().filter(word -> names.contains(word.group()));
    return Stream.concat(near, known)
        .filter(word -> isReserved(word.group(), tables))
        .map(word -> new ReservedWord(word.group(), word.start()))
        .filter(word -> word.explains(sql, failed, tables))
        .findFirst();
  }

  String quoted() {
    return "`" + word + "`";
  }

  String message() {
    return "'%s' is a reserved word of Flink SQL; quote it with backquotes to use it as a name: %s"
        .formatted(word, quoted());
  }

  /** The parser fails at the word itself, behind it or, if it follows a dot, at the dot. */
  private static boolean isNear(MatchResult word, int failed, String code) {
    return word.end() <= failed
        ? code.substring(word.end(), failed).isBlank()
        : word.start() <= failed || code.substring(failed, word.start()).matches("[\\s.]*");
  }

  private static boolean isName(MatchResult word, String code, Set<String> names) {
    String before = code.substring(0, word.start());
    return names.stream().anyMatch(word.group()::equalsIgnoreCase)
        || NAME_FOLLOWS.matcher(before).matches()
        || (BEFORE_ALIAS.matcher(before).matches()
            && AFTER_ALIAS.matcher(code.substring(word.end())).matches());
  }

  private static boolean isReserved(String word, StreamTableEnvironment tables) {
    return failure("SELECT 1 AS " + word, tables).isPresent()
        && failure("SELECT 1 AS `" + word + "`", tables).isEmpty();
  }

  /** Returns whether the parser gets further if the word is quoted. */
  private boolean explains(String sql, int failed, StreamTableEnvironment tables) {
    String edited = sql.substring(0, index) + quoted() + sql.substring(index + word.length());
    return failure(edited, tables)
        .map(problem -> problem.position().map(at -> at.in(edited) > failed + 2).orElse(false))
        .orElse(true);
  }

  private static Optional<SqlProblem> failure(String sql, StreamTableEnvironment tables) {
    try {
      tables.sqlQuery(sql);
      return Optional.empty();
    } catch (SqlParserException e) {
      return Optional.of(SqlProblem.of(e));
    } catch (RuntimeException e) { // It can be parsed.
      return Optional.empty();
    }
  }
}
