package dev.outflow.embedded;

import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster in this JVM with web UI and REST API, reachable from this machine only.
 *
 * <p>Jobs reach it through its REST API, exactly as they reach a remote cluster.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private final MiniCluster cluster;
  private final URI webUi;

  private EmbeddedFlink(MiniCluster cluster, URI webUi) {
    this.cluster = cluster;
    this.webUi = webUi;
  }

  /**
   * Starts the cluster, ready when this returns.
   *
   * @param slots how many parallel pipelines fit at once
   * @param restPorts port or range of ports for the web UI, as Flink's {@code rest.bind-port}; the
   *     first free one is taken
   */
  public static EmbeddedFlink start(int slots, String restPorts) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_PORT, restPorts);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new EmbeddedFlink(cluster, cluster.getRestAddress().get());
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
    cluster.close();
  }
}
