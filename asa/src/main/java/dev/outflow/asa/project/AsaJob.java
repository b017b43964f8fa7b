package dev.outflow.asa.project;

import dev.outflow.asa.report.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A job of Azure Stream Analytics.
 *
 * @param name of the job
 * @param file of the script, relative to the job's folder
 * @param script its text
 * @param inputs of the job; empty for a single script
 * @param outputs of the job; empty for a single script
 * @param functions of the job in JavaScript
 * @param settings of the job, as far as they are given
 * @param isScriptOnly whether there is nothing but the script
 * @param findings about the files
 */
public record AsaJob(
    String name,
    String file,
    String script,
    List<Endpoint> inputs,
    List<Endpoint> outputs,
    List<AsaFunction> functions,
    Settings settings,
    boolean isScriptOnly,
    List<Finding> findings) {
  public AsaJob {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    functions = List.copyOf(functions);
    findings = List.copyOf(findings);
  }

  /**
   * Event ordering and error policy.
   *
   * @param late seconds; -1 without limit
   * @param outOfOrder seconds
   * @param policy Adjust or Drop
   * @param outputErrors Retry, Stop or Drop
   * @param outputStart JobStartTime, CustomTime or LastOutputEventTime
   * @param outputStartTime of CustomTime
   * @param compatibility level
   */
  public record Settings(
      Optional<Long> late,
      Optional<Long> outOfOrder,
      Optional<String> policy,
      Optional<String> outputErrors,
      Optional<String> outputStart,
      Optional<String> outputStartTime,
      Optional<String> compatibility,
      String file) {
    /** The settings of a single script: ASA's defaults. */
    static final Settings NONE =
        new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");
  }
}
