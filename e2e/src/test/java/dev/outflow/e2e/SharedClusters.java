package dev.outflow.e2e;

import dev.outflow.embedded.TemporaryFolder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A Flink cluster with the default settings and one broker, for all tests of a JVM: started for the
 * first and closed after the last. Each test uses topics of its own, cancels its jobs and replaces
 * the TaskManager if it kills it.
 */
record SharedClusters(TemporaryFolder folder, FlinkCluster flink, KafkaCluster kafka)
    implements AutoCloseable {

  /** Provides tests with {@link SharedClusters}. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == SharedClusters.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Extension.class))
          .getOrComputeIfAbsent("clusters", name -> start(), SharedClusters.class);
    }
  }

  private static SharedClusters start() {
    TemporaryFolder folder = TemporaryFolder.create("outflow-clusters");
    BackgroundTask<FlinkCluster> starting =
        BackgroundTask.start(() -> FlinkCluster.start(folder.path().resolve("flink")));
    try {
      KafkaCluster kafka = KafkaCluster.start(folder.path().resolve("kafka"), 1);
      return new SharedClusters(folder, starting.get(), kafka);
    } catch (Exception e) {
      throw new IllegalStateException("the clusters did not start", e);
    }
  }

  @Override
  public void close() {
    try (folder) {
      flink.close();
      kafka.close();
    }
  }
}
