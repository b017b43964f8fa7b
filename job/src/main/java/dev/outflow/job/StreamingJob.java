package dev.outflow.job;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.kafka.ClusterCheck;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class of the jar that is submitted to a Flink cluster. */
public final class StreamingJob {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingJob.class);

  private StreamingJob() {}

  /**
   * Runs the job that a definition describes.
   *
   * @param args see {@link Arguments}
   * @throws InvalidDefinitionException with everything that is wrong with the definition
   * @throws CheckFailedException if a check was asked for, and a step of it failed
   * @throws IllegalStateException with everything that is wrong with the cluster's libraries
   */
  public static void main(String[] args) {
    ClusterCheck.run();
    Arguments arguments = Arguments.parse(args);
    if (arguments.tables()) {
      System.out.print(compose(arguments).readingSql());
      return;
    }
    ClusterCheck.here().warning().ifPresent(warning -> System.out.println("Warning: " + warning));
    if (arguments.check()) {
      CheckOnCluster.run(arguments);
      return;
    }
    ComposedJob job = compose(arguments);
    System.out.print(job.effectiveDefinition());
    job.warnings().forEach(warning -> LOG.warn("{}", warning));
    if (arguments.skipTopicChecks()) {
      LOG.info("Kafka was not asked for the topics, because of --skip-topic-checks");
    } else {
      TopicChecks.run(job)
          .forEach((alias, timeout) -> System.out.printf("Output '%s' is %s%n", alias, timeout));
    }
    job.submit();
  }

  private static ComposedJob compose(Arguments arguments) {
    return JobComposer.compose(
        DefinitionReader.draft(arguments.config(), arguments.sets()),
        StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration(),
        StreamExecutionEnvironment::getExecutionEnvironment);
  }
}
