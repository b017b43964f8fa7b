package dev.outflow.asa.query;

import java.util.Set;

/** The words that cannot be names without brackets; all others, such as {@code time}, can. */
final class Keywords {
  static final Set<String> RESERVED =
      Set.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "INTO",
          "UNION",
          "WITH",
          "JOIN",
          "INNER",
          "LEFT",
          "CROSS",
          "OUTER",
          "ON",
          "AS",
          "AND",
          "OR",
          "NOT",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "IN",
          "IS",
          "LIKE",
          "BETWEEN",
          "BY",
          "CREATE",
          "APPLY",
          "NULL",
          "DISTINCT",
          "MATCH_RECOGNIZE",
          "ORDER",
          "RIGHT",
          "FULL");

  private Keywords() {}
}
