package dev.outflow.asa.translation;

import dev.outflow.asa.report.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A translated script.
 *
 * @param inputs the inputs that its queries read
 * @param views all queries in order: views, and one for each output
 * @param outputs the names of the outputs that have a query, by their aliases in lowercase
 * @param leftOut what is left out, as comments
 * @param statements the number of statements
 * @param translated the number of those that are translated
 * @param differing the number of those translated with a difference
 * @param findings what the reader has to know
 */
public record Translation(
    List<Input> inputs,
    List<View> views,
    Map<String, Output> outputs,
    List<String> leftOut,
    int statements,
    int translated,
    int differing,
    List<Finding> findings) {
  public Translation {
    inputs = List.copyOf(inputs);
    views = List.copyOf(views);
    leftOut = List.copyOf(leftOut);
    findings = List.copyOf(findings);
  }

  /**
   * An input.
   *
   * @param alias in ASA
   * @param name in job.yaml
   * @param columns their definitions in job.yaml
   * @param fields the names of those columns that are in the data
   * @param eventTime the event-time column, if a query needs the time
   * @param isByArrival whether event time is the time of arrival
   * @param isComputed whether event time is an expression
   * @param isReference whether it is reference data, a file that is read again when it changes
   */
  public record Input(
      String alias,
      String name,
      Map<String, String> columns,
      List<String> fields,
      Optional<String> eventTime,
      boolean isByArrival,
      boolean isComputed,
      boolean isReference) {
    static final String UNDECLARED = "STRING METADATA FROM 'undeclared'";
    static final String HEADER = "STRING METADATA FROM 'headers.";

    /** Returns whether queries read headers. */
    public boolean readsHeaders() {
      return columns.values().stream().anyMatch(column -> column.startsWith(HEADER));
    }

    /** Returns whether queries pass on the fields that no column has. */
    public boolean passesUndeclared() {
      return columns.containsValue(UNDECLARED);
    }
  }

  /**
   * An output.
   *
   * @param alias in ASA
   * @param name in job.yaml
   * @param columns of its query
   * @param hasTimes whether a column is a time or contains one
   * @param undeclared the column with the fields that no other column has
   */
  public record Output(
      String alias,
      String name,
      List<String> columns,
      boolean hasTimes,
      Optional<String> undeclared) {}
}
