package dev.outflow.testing;

import dev.outflow.embedded.EmbeddedFlink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Flink cluster that the tests of this JVM share; the first one starts it. */
final class TestCluster {
  private static final Logger LOG = LoggerFactory.getLogger(TestCluster.class);
  private static final int SLOTS = 8;
  private static final String ANY_PORT = "0";

  private TestCluster() {}

  /** Returns an environment whose jobs run on the cluster. */
  static StreamExecutionEnvironment environment(Configuration options) {
    return flink().environment(options);
  }

  /** Starts the cluster in the background, for callers that first have something else to do. */
  static void startAhead() {
    CompletableFuture<EmbeddedFlink> unused = Shared.FLINK;
  }

  private static EmbeddedFlink flink() {
    try {
      return Shared.FLINK.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Runs the job of {@code environment} until it finishes.
   *
   * @throws JobFailedException if it fails, or does not finish within {@code timeout}
   */
  static void run(StreamExecutionEnvironment environment, String name, Duration timeout) {
    try {
      JobClient job = environment.executeAsync(name);
      try {
        flink().end(job.getJobID()).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Future<Void> unused = job.cancel(); // Flink may not even answer.
        throw new JobFailedException(
            "the job did not finish within %d s; does it read an unbounded source?"
                .formatted(timeout.toSeconds()),
            e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job was running", e);
    } catch (ExecutionException e) {
      throw JobFailedException.of(e);
    } catch (JobFailedException e) {
      throw e;
    } catch (Exception e) { // Declared for the submission.
      throw JobFailedException.of(e);
    }
  }

  private static final class Shared {
    static final CompletableFuture<EmbeddedFlink> FLINK = start();

    private static CompletableFuture<EmbeddedFlink> start() {
      CompletableFuture<EmbeddedFlink> flink =
          CompletableFuture.supplyAsync(
              () -> EmbeddedFlink.start(SLOTS, ANY_PORT),
              task -> new Thread(task, "start-test-cluster").start());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(flink), "stop-test-cluster"));
      return flink;
    }

    private static void close(CompletableFuture<EmbeddedFlink> flink) {
      try {
        flink.join().close();
      } catch (Exception e) {
        LOG.info("Failed to stop cleanly", e); // The JVM exits anyway.
      }
    }
  }
}
