package dev.outflow.testing;

import dev.outflow.definition.OnConflict;
import dev.outflow.definition.OutputDefinition;
import java.util.List;
import java.util.Optional;

/**
 * An output with {@code mode: upsert}.
 *
 * @param key the columns of its key
 * @param onConflict as the job inserts its rows
 */
record KeyedOutput(List<String> key, Optional<OnConflict> onConflict) {
  static KeyedOutput of(OutputDefinition output, Optional<OnConflict> onConflict) {
    return new KeyedOutput(output.key(), onConflict);
  }
}
