package dev.outflow.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster in this JVM with web UI and REST API, reachable from this machine only.
 *
 * <p>Jobs reach it through its REST API, exactly as they reach a remote cluster.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration METRICS_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final MiniCluster cluster;
  private final URI webUi;

  private final TemporaryFolder files;

  private EmbeddedFlink(MiniCluster cluster, URI webUi, TemporaryFolder files) {
    this.cluster = cluster;
    this.webUi = webUi;
    this.files = files;
  }

  /**
   * Starts a cluster, which is ready when this returns.
   *
   * @param slots the number of task slots
   * @param restPorts port or range of ports for the web UI, as in Flink's {@code rest.bind-port};
   *     the first free one is used
   * @throws IllegalStateException with the reason, if it does not start
   */
  public static EmbeddedFlink start(int slots, String restPorts) {
    return start(slots, restPorts, Map.of());
  }

  /**
   * Starts a cluster with further options, see {@link #start(int, String)}.
   *
   * @param options Flink's options
   */
  public static EmbeddedFlink start(int slots, String restPorts, Map<String, String> options) {
    // Otherwise Flink's RPC stops on Ctrl-C, and closing the cluster waits forever.
    System.setProperty("pekko.jvm-shutdown-hooks", "off");
    TemporaryFolder files = TemporaryFolder.create("outflow-flink");
    Configuration configuration = Configuration.fromMap(options);
    configuration.set(CoreOptions.TMP_DIRS, files.path().toString());
    configuration.set(WebOptions.TMP_DIR, files.path().toString());
    configuration.set(WebOptions.UPLOAD_DIR, files.path().toString());
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_PORT, restPorts);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_INTERVAL);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, cluster.getRestAddress().get(), files);
    } catch (Exception e) {
      files.close();
      throw new IllegalStateException(
          "Flink did not start: %s (its temporary files were in %s)"
              .formatted(rootCause(e).getMessage(), files.path()),
          e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }

  /** Returns the address of web UI and REST API: {@code http://localhost:8081}. */
  public URI webUi() {
    return webUi;
  }

  /** Returns an environment with these Flink options whose jobs run in this cluster. */
  public StreamExecutionEnvironment environment(Configuration options) {
    return StreamExecutionEnvironment.createRemoteEnvironment(
        webUi.getHost(), webUi.getPort(), options);
  }

  /**
   * Returns the end of a job, without the growing intervals in which a client of the REST API asks
   * for it.
   *
   * @return completes when the job finishes, exceptionally if it fails or the cluster is closed
   */
  public CompletableFuture<Void> end(JobID job) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    return cluster.requestJobResult(job).thenAccept(result -> rethrowFailure(result, classes));
  }

  private static void rethrowFailure(JobResult result, ClassLoader classes) {
    try {
      result.toJobExecutionResult(classes);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      cluster.closeAsync().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      files.close();
    }
  }
}
