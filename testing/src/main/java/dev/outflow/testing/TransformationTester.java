package dev.outflow.testing;

import dev.outflow.option.Suggestion;
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
 * Runs a transformation on rows, in this JVM and without Kafka:
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
 * <p>Rows arrive in the order in which they are given, with a watermark after each; state and
 * windows are those of one task. After the last row time comes to its end, so every window fires.
 * Rows of different inputs arrive in no certain order. The tests of one JVM share a Flink cluster,
 * which the first one starts.
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

  /** Tests a transformation by itself; each input has to be given with its columns. */
  public static TransformationTester of(Transformation transformation) {
    return new TransformationTester(() -> transformation, Map.of(), Map.of(), Map.of());
  }

  /**
   * Tests the queries or the transformation of a definition, with the columns and event times of
   * its inputs.
   *
   * @param sets overrides of the form {@code path=value}
   * @throws dev.outflow.definition.InvalidDefinitionException with everything that is wrong
   */
  public static TransformationTester of(Path definition, String... sets) {
    PlannedJob job = PlannedJob.read(definition.toString(), List.of(sets));
    return new TransformationTester(
        job::transformation, job.schemas(), Map.of(), job.definition().flink());
  }

  /**
   * Gives an input of the definition its rows; one that is given none has none.
   *
   * @param arriving one value for each column that is not computed, in the order of the columns
   * @throws IllegalArgumentException if there is no such input
   */
  public TransformationTester input(String name, Row... arriving) {
    if (!columns.containsKey(name)) {
      throw new IllegalArgumentException(
          columns.isEmpty()
              ? "input '%s' needs its columns: input(name, Schema, rows)".formatted(name)
              : "there is no input '%s'%s"
                  .formatted(name, Suggestion.among(columns.keySet(), name)));
    }
    return withRows(columns, name, arriving);
  }

  /**
   * Gives a transformation an input.
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
   * Runs it to the end of its rows.
   *
   * @throws IllegalArgumentException if a row does not fit its input's columns
   * @throws JobFailedException if the transformation fails, or does not end within two minutes
   */
  public TestedOutputs run() {
    return new TestedOutputs(new JobRun(columns, rows, flink).of(transformation.get()));
  }
}
