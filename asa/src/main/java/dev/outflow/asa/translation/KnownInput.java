package dev.outflow.asa.translation;

import dev.outflow.asa.column.Sample;
import java.util.Optional;

/**
 * What is known of an input besides the script.
 *
 * @param alias as the job spells it
 * @param isReference whether it is reference data
 * @param isJson whether its events are JSON, so that undeclared fields can be passed on
 * @param sample sample records
 */
public record KnownInput(
    String alias, boolean isReference, boolean isJson, Optional<Sample> sample) {
  /** Returns the name of an input in job.yaml, unless another table has it. */
  public static String name(String alias) {
    return Names.of(alias);
  }
}
