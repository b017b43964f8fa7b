package dev.outflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.hadoop.fs.azurebfs.AbfsConfiguration;
import org.apache.hadoop.fs.azurebfs.oauth2.MsiTokenProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests use valid Flink options only; Flink silently ignores unknown ones. */
class FlinkConfigurationTest {
  private static final List<Class<?>> HOLDERS =
      List.of(
          BlobServerOptions.class,
          CheckpointingOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          NettyShuffleEnvironmentOptions.class,
          RestOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class);

  /** Options of the operator, the metric reporter and the storage client, and any variable. */
  private static final List<String> OTHERS =
      List.of(
          "kubernetes.operator.",
          "metrics.reporter.prom.",
          "fs.azure.",
          ResourceManagerOptions.CONTAINERIZED_MASTER_ENV_PREFIX,
          ResourceManagerOptions.CONTAINERIZED_TASK_MANAGER_ENV_PREFIX);

  static List<Overlay> overlays() {
    return List.of(Overlay.dev(), Overlay.production());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyOptionExistsAndItsValueHasTheRightType(Overlay overlay) throws Exception {
    Map<String, ConfigOption<?>> known = known();
    Configuration flink = overlay.flink();
    for (String name : flink.keySet()) {
      if (OTHERS.stream().noneMatch(name::startsWith)) {
        assertThat(known).as("Flink options").containsKey(name);
        assertThatCode(() -> flink.get(known.get(name))).as(name).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void storageUsesAManagedIdentity() throws Exception {
    org.apache.hadoop.conf.Configuration storage = new org.apache.hadoop.conf.Configuration(false);
    Overlay.production().flink().toMap().forEach(storage::set);
    assertThat(new AbfsConfiguration(storage, "mystorage.dfs.core.windows.net").getTokenProvider())
        .isInstanceOf(MsiTokenProvider.class);
  }

  private static Map<String, ConfigOption<?>> known() throws IllegalAccessException {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    for (Class<?> holder : HOLDERS) {
      for (Field field : holder.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          known.put(option.key(), option);
        }
      }
    }
    return known;
  }
}
