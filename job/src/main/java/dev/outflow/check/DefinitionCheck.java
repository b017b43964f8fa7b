package dev.outflow.check;

import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What is wrong with a definition and its plan, for tools that mark it in the files. No connection
 * is made.
 *
 * @param errors what prevents the job from starting
 * @param warnings what does not
 * @param unchecked what could not be checked because of the errors
 */
public record DefinitionCheck(
    List<Problem> errors, List<Problem> warnings, List<Problem> unchecked) {

  /** Reads and plans a job. */
  public static DefinitionCheck of(DefinitionSource source) {
    try {
      List<Problem> warnings =
          JobComposer.compose(
                  DefinitionReader.draft(source),
                  new Configuration(),
                  StreamExecutionEnvironment::getExecutionEnvironment)
              .warnings();
      return new DefinitionCheck(List.of(), warnings, List.of());
    } catch (InvalidDefinitionException e) {
      return new DefinitionCheck(e.problems(), List.of(), e.unchecked());
    }
  }
}
