package dev.outflow.compose;

import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import java.util.Optional;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TablePipeline;
import org.apache.flink.table.api.ValidationException;

/**
 * A result that is inserted into the table of an output.
 *
 * @param pipeline from the inputs to the output
 * @param onConflict what to do with several rows of the same key, if the output has keys and Flink
 *     cannot rule them out
 */
record InsertedResult(TablePipeline pipeline, Optional<OnConflict> onConflict) {
  /** How Flink's plan shows an operator that keeps the rows of each key in state. */
  private static final String STATEFUL = "upsertMaterialize=[true]";

  /**
   * Plans it. If the output does not say what to do with several rows of the same key, the last one
   * replaces the others, provided that this needs no state: the result has new rows only.
   *
   * @throws ValidationException if Flink cannot plan it, or requires {@code on-conflict}
   */
  static InsertedResult plan(
      OutputTables outputs, String alias, OutputDefinition output, Table result) {
    InsertedResult inserted =
        of(outputs, alias, result, output.onConflict().filter(any -> output.isUpsert()));
    try {
      inserted.pipeline.explain();
      return inserted;
    } catch (ValidationException e) {
      if (!TableProblem.requiresOnConflict(e)) {
        throw e;
      }
      InsertedResult last = of(outputs, alias, result, Optional.of(OnConflict.DEDUPLICATE));
      if (last.pipeline.explain().contains(STATEFUL)) {
        throw e;
      }
      return last;
    }
  }

  private static InsertedResult of(
      OutputTables outputs, String alias, Table result, Optional<OnConflict> onConflict) {
    return new InsertedResult(outputs.insert(alias, result, onConflict), onConflict);
  }
}
