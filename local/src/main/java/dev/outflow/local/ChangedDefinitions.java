package dev.outflow.local;

import dev.outflow.definition.Draft;
import dev.outflow.local.watch.FileWatch.Save;
import java.util.Optional;

/** Reads the definitions of a local run again after a save. */
interface ChangedDefinitions {
  /**
   * Returns the definition of the job.
   *
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems
   */
  Draft main();

  /** Returns the definition of the generator if it was saved. */
  Optional<Draft> companion(Save save);
}
