package dev.outflow.job;

import dev.outflow.check.CheckFailedException;
import dev.outflow.check.PreflightCheck;
import dev.outflow.check.SafeDowntime;
import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.kafka.RuntimeCompatibility;
import dev.outflow.print.EffectiveConfig;
import dev.outflow.print.ReadOnlyTables;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class of the jar to submit to a Flink cluster. */
public final class StreamingJob {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);

  private StreamingJob() {}

  /**
   * Submits the job of a definition.
   *
   * @param args see {@link Arguments}
   * @throws InvalidDefinitionException with all problems of the definition
   * @throws CheckFailedException if a step of {@code --check} failed
   * @throws IllegalStateException with all incompatibilities of the cluster's libraries
   */
  public static void main(String[] args) {
    RuntimeCompatibility.check();
    Arguments arguments = Arguments.parse(args);
    if (arguments.tables()) {
      System.out.print(ReadOnlyTables.of(compose(arguments)));
      return;
    }
    if (arguments.checkpoints()) {
      ListCheckpoints.lines(
              DefinitionReader.draft(arguments.definition()).definition().flink(),
              StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration())
          .forEach(System.out::println);
      return;
    }
    RuntimeCompatibility.current()
        .warning()
        .ifPresent(warning -> System.out.println("Warning: " + warning));
    if (arguments.check()) {
      CheckOnCluster.run(arguments);
      return;
    }
    ComposedJob job = compose(arguments);
    Optional<PreflightCheck> checks =
        arguments.skipTopicChecks() ? Optional.empty() : Optional.of(PreflightCheck.start(job));
    System.out.print(EffectiveConfig.of(job)); // Compiles the plan, while Kafka is checked.
    job.warnings().forEach(warning -> LOG.warn("{}", warning));
    checks.ifPresentOrElse(
        started -> print(started.await()),
        () -> LOG.info("Skipping the checks against Kafka, because of --skip-topic-checks"));
    job.submit();
  }

  private static void print(SafeDowntime downtime) {
    new TreeMap<>(downtime.transactions())
        .forEach((alias, timeout) -> System.out.printf("Output '%s' is %s%n", alias, timeout));
    System.out.printf("Maximum safe downtime: %s%n", downtime);
  }

  private static ComposedJob compose(Arguments arguments) {
    return JobComposer.compose(
        DefinitionReader.draft(arguments.definition()),
        StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration(),
        StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
