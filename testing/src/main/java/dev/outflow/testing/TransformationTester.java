package dev.outflow.testing;

import dev.outflow.option.Suggestion;
import dev.outflow.testing.rows.InputRows;
import dev.outflow.transformation.Transformation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;

/**
 * Runs a transformation on rows in this JVM, without Kafka:
 *
 * <pre>{@code
 * assertThat(
 *         TransformationTester.of(Path.of("conf/job.yaml"))
 *             .input("orders", Row.of("a", new BigDecimal("250.00")), Row.of("b", null))
 *             .run()
 *             .output("large_orders"))
 *     .containsExactly(Row.of("a", new BigDecimal("250.00")));
 * }</pre>
 *
 * <p>The rows of an input arrive in the order of the arguments, with a watermark after each; the
 * parallelism is 1. After the last row, every window fires. The order between rows of different
 * inputs is undefined. The tests of one JVM share a Flink cluster, which the first one starts.
 */
public final class TransformationTester {
  private final Supplier<Transformation> transformation;
  private final Map<String, Schema> columns;
  private final Map<String, List<Row>> rows;
  private final Map<String, String> flink;

  private TransformationTester(
      Supplier<Transformation> transformation,
      Map<String, Schema> columns,
      Map<String, List<Row>> rows,
      Map<String, String> flink) {
    this.transformation = transformation;
    this.columns = columns;
    this.rows = rows;
    this.flink = flink;
  }

  /** Tests a transformation by itself; each input needs a schema. */
  public static TransformationTester of(Transformation transformation) {
    return new TransformationTester(() -> transformation, Map.of(), Map.of(), Map.of());
  }

  /**
   * Tests the queries or the transformation of a definition, with the columns and event times of
   * its inputs.
   *
   * @param sets overrides of the form {@code path=value}
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems
   */
  public static TransformationTester of(Path definition, String... sets) {
    PlannedJob job = PlannedJob.read(definition.toString(), List.of(sets));
    return new TransformationTester(
        job::transformation, job.schemas(), Map.of(), job.definition().flink());
  }

  /**
   * Sets the rows of one of the definition's inputs; by default an input has none.
   *
   * @param arriving one value for each column that is not computed, in the order of the columns
   * @throws IllegalArgumentException if the input is unknown
   */
  public TransformationTester input(String name, Row... arriving) {
    if (!columns.containsKey(name)) {
      throw new IllegalArgumentException(
          columns.isEmpty()
              ? "input '%s' has no columns; use input(name, Schema, rows)".formatted(name)
              : "unknown input '%s'%s".formatted(name, Suggestion.among(columns.keySet(), name)));
    }
    return withRows(columns, name, arriving);
  }

  /**
   * Adds an input to a transformation.
   *
   * @param schema its columns and, if event time matters, its watermark
   * @param arriving one value for each column that is not computed, in the order of the columns
   */
  public TransformationTester input(String name, Schema schema, Row... arriving) {
    Map<String, Schema> known = new LinkedHashMap<>(columns);
    known.put(name, schema);
    return withRows(known, name, arriving);
  }

  private TransformationTester withRows(Map<String, Schema> known, String name, Row... arriving) {
    Map<String, List<Row>> all = new HashMap<>(rows);
    all.put(name, List.of(arriving));
    return new TransformationTester(transformation, known, all, flink);
  }

  /**
   * Runs the transformation until all rows are processed.
   *
   * @throws IllegalArgumentException if a row does not match its input's columns
   * @throws JobFailedException if the transformation fails or takes longer than two minutes
   */
  public TestedOutputs run() {
    Map<String, InputRows> given = new HashMap<>();
    rows.forEach((name, arriving) -> given.put(name, new InputRows.Given(arriving)));
    return new TestedOutputs(new JobRun(columns, given, flink).of(transformation.get()).outputs());
  }
}
