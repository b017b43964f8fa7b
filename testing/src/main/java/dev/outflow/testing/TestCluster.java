package dev.outflow.testing;

import dev.outflow.embedded.EmbeddedFlink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Flink cluster of this JVM's tests: started once, when the first needs it. */
final class TestCluster {
  private static final Logger LOG = LoggerFactory.getLogger(TestCluster.class);
  private static final int SLOTS = 8;
  private static final String ANY_PORT = "0";

  private TestCluster() {}

  /** An environment whose jobs run there. */
  static StreamExecutionEnvironment environment(Configuration options) {
    return Shared.FLINK.environment(options);
  }

  /**
   * Runs what was described in {@code environment}, to its end.
   *
   * @throws JobFailedException if it fails, or has not ended after {@code limit}
   */
  static void run(StreamExecutionEnvironment environment, String name, Duration limit) {
    try {
      JobClient job = environment.executeAsync(name);
      try {
        job.getJobExecutionResult().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Future<Void> unused = job.cancel(); // It may not even answer.
        throw new JobFailedException(
            "the job has not ended within %d s; does it read something that does not end?"
                .formatted(limit.toSeconds()),
            e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job ran", e);
    } catch (ExecutionException e) {
      throw JobFailedException.of(e);
    } catch (JobFailedException e) {
      throw e;
    } catch (Exception e) { // Flink declares it for the submission.
      throw JobFailedException.of(e);
    }
  }

  private static final class Shared {
    static final EmbeddedFlink FLINK = start();

    private static EmbeddedFlink start() {
      EmbeddedFlink flink = EmbeddedFlink.start(SLOTS, ANY_PORT);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(flink), "end of the tests"));
      return flink;
    }

    private static void close(EmbeddedFlink flink) {
      try {
        flink.close();
      } catch (Exception e) {
        LOG.info("While ending", e); // The JVM ends anyway.
      }
    }
  }
}
