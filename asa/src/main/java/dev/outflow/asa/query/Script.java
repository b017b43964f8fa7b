package dev.outflow.asa.query;

import java.util.List;
import java.util.Optional;

/**
 * A script.
 *
 * @param tables CREATE TABLE of inputs
 * @param steps the queries of WITH
 * @param statements the queries that write to outputs
 * @param errors parts that are not valid, which are in none of the others
 */
public record Script(
    List<Table> tables, List<Step> steps, List<Statement> statements, List<SyntaxError> errors) {
  public Script {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    statements = List.copyOf(statements);
    errors = List.copyOf(errors);
  }

  /** CREATE TABLE. */
  public record Table(Name name, List<Column> columns, Position at) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /** A column of CREATE TABLE. */
  public record Column(Name name, DataType type) {}

  /** A named query of WITH. */
  public record Step(Name name, Query query, String text) {}

  /**
   * A query that writes to an output.
   *
   * @param into its output; empty for the output named {@code output}
   * @param text as written
   */
  public record Statement(Optional<Name> into, Query query, String text) {}
}
