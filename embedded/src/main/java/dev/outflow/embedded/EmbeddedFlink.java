package dev.outflow.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster in this JVM with web UI and REST API, reachable from this machine only.
 *
 * <p>Jobs reach it through its REST API, exactly as they reach a remote cluster.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Duration METRICS_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(15);

  private final MiniCluster cluster;
  private final URI webUi;

  private final TemporaryFolder files;

  private EmbeddedFlink(MiniCluster cluster, URI webUi, TemporaryFolder files) {
    this.cluster = cluster;
    this.webUi = webUi;
    this.files = files;
  }

  /**
   * Starts the cluster, ready when this returns.
   *
   * @param slots how many parallel pipelines fit at once
   * @param restPorts port or range of ports for the web UI, as Flink's {@code rest.bind-port}; the
   *     first free one is taken
   */
  public static EmbeddedFlink start(int slots, String restPorts) {
    // Flink's RPC would end itself on Ctrl-C, and whoever closes the cluster would wait for ever.
    System.setProperty("pekko.jvm-shutdown-hooks", "off");
    TemporaryFolder files = TemporaryFolder.create("outflow-flink");
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, files.path().toString());
    configuration.set(WebOptions.TMP_DIR, files.path().toString());
    configuration.set(WebOptions.UPLOAD_DIR, files.path().toString());
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_PORT, restPorts);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS_EVERY);
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
      throw new IllegalStateException("Flink did not start", e);
    }
  }

  /** Web UI and REST API: {@code http://localhost:8081}. */
  public URI webUi() {
    return webUi;
  }

  /** An environment whose jobs run in this cluster, with these options of Flink's own names. */
  public StreamExecutionEnvironment environment(Configuration options) {
    return StreamExecutionEnvironment.createRemoteEnvironment(
        webUi.getHost(), webUi.getPort(), options);
  }

  @Override
  public void close() throws Exception {
    try {
      cluster.closeAsync().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      files.close();
    }
  }
}
