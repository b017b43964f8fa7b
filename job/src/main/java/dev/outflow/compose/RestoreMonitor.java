package dev.outflow.compose;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time in which a cluster looks for the place of a savepoint's state in a job. */
final class RestoreMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreMonitor.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int LOOKS = 300;

  private RestoreMonitor() {}

  /**
   * Returns when the job has found a place for the state, after a minute, or at once where the
   * cluster does not tell.
   *
   * @throws IllegalStateException with the cluster's reason if the job failed before it began
   */
  static void await(JobClient job) {
    try {
      JobStatus status = job.getJobStatus().get();
      for (int look = 0; status == JobStatus.INITIALIZING && look < LOOKS; look++) {
        pause();
        status = job.getJobStatus().get();
      }
      if (status == JobStatus.FAILED) {
        job.getJobExecutionResult().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job failed before it began", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the job was restored", e);
    } catch (RuntimeException e) { // Flink's answer of a client that cannot ask.
      LOG.info("The cluster does not tell here whether the savepoint fits: {}", e.getMessage());
    }
  }

  private static void pause() throws InterruptedException, ExecutionException {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS))
        .get();
  }
}
