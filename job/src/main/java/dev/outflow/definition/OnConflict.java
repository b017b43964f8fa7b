package dev.outflow.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import org.apache.flink.table.api.InsertConflictStrategy;

/**
 * Which row an output with {@code mode: upsert} keeps if the result has several with the same key:
 * the clause {@code ON CONFLICT} of Flink's INSERT.
 */
public enum OnConflict {
  /** The last; the earlier ones are kept in state, in case the last is retracted. */
  DEDUPLICATE(InsertConflictStrategy.deduplicate()),
  /** None: the job fails. */
  ERROR(InsertConflictStrategy.error()),
  /** The first. */
  NOTHING(InsertConflictStrategy.nothing());

  @SuppressWarnings("ImmutableEnumChecker") // Flink does not annotate it.
  private final InsertConflictStrategy strategy;

  OnConflict(InsertConflictStrategy strategy) {
    this.strategy = strategy;
  }

  @JsonCreator
  static OnConflict of(String written) {
    return valueOf(written.toUpperCase(Locale.ROOT));
  }

  /** Returns the same for Flink's Table API. */
  public InsertConflictStrategy strategy() {
    return strategy;
  }

  /** Returns the clause of an INSERT statement. */
  public String clause() {
    return "ON CONFLICT DO " + name();
  }

  /** Returns the value as in job.yaml. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
