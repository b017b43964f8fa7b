package dev.outflow.compose;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a cluster has restored a savepoint. */
final class RestoreMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreMonitor.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final int POLLS = 300;

  private RestoreMonitor() {}

  /**
   * Returns when the job has mapped the state to its operators, after a minute, or immediately if
   * the cluster does not report the job's status.
   *
   * @throws IllegalStateException with the cluster's reason if the job failed before it started
   */
  static void await(JobClient job) {
    try {
      JobStatus status = job.getJobStatus().get();
      for (int poll = 0; status == JobStatus.INITIALIZING && poll < POLLS; poll++) {
        pause();
        status = job.getJobStatus().get();
      }
      if (status == JobStatus.FAILED) {
        job.getJobExecutionResult().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job failed before it started", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while restoring the job", e);
    } catch (RuntimeException e) { // Flink's answer if the client cannot poll.
      LOG.info("Cannot find out whether the savepoint was restored: {}", e.getMessage());
    }
  }

  private static void pause() throws InterruptedException, ExecutionException {
    CompletableFuture.runAsync(
            () -> {},
            CompletableFuture.delayedExecutor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS))
        .get();
  }
}
