package dev.outflow.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a {@link FlinkCluster}.
 *
 * @param distribution its Flink jars
 * @param taskManagers the number of TaskManagers that it starts with
 * @param slots the slots of each TaskManager
 * @param options Flink options, which take precedence over those of {@link FlinkConf}
 * @param environment environment variables of JobManager, TaskManagers and clients
 * @param jvm JVM options of JobManager, TaskManagers and clients
 * @param highAvailability the ZooKeeper for high availability
 */
public record FlinkSettings(
    FlinkDistribution distribution,
    int taskManagers,
    int slots,
    Map<String, String> options,
    Map<String, String> environment,
    List<String> jvm,
    Optional<ZooKeeperProcess> highAvailability) {

  public FlinkSettings {
    options = Map.copyOf(options);
    environment = Map.copyOf(environment);
    jvm = List.copyOf(jvm);
  }

  /** Returns settings with one TaskManager and two slots. */
  public static FlinkSettings defaults() {
    return new FlinkSettings(
        FlinkDistribution.ofThisBuild(), 1, 2, Map.of(), Map.of(), List.of(), Optional.empty());
  }

  public FlinkSettings withDistribution(FlinkDistribution other) {
    return new FlinkSettings(
        other, taskManagers, slots, options, environment, jvm, highAvailability);
  }

  public FlinkSettings withTaskManagers(int number, int slotsEach) {
    return new FlinkSettings(
        distribution, number, slotsEach, options, environment, jvm, highAvailability);
  }

  public FlinkSettings withOption(String key, String value) {
    return new FlinkSettings(
        distribution,
        taskManagers,
        slots,
        plus(options, key, value),
        environment,
        jvm,
        highAvailability);
  }

  public FlinkSettings withEnvironment(String variable, String value) {
    return new FlinkSettings(
        distribution,
        taskManagers,
        slots,
        options,
        plus(environment, variable, value),
        jvm,
        highAvailability);
  }

  public FlinkSettings withJvm(String... more) {
    List<String> all = new ArrayList<>(jvm);
    all.addAll(List.of(more));
    return new FlinkSettings(
        distribution, taskManagers, slots, options, environment, all, highAvailability);
  }

  public FlinkSettings withHighAvailability(ZooKeeperProcess zooKeeper) {
    return new FlinkSettings(
        distribution, taskManagers, slots, options, environment, jvm, Optional.of(zooKeeper));
  }

  private static Map<String, String> plus(Map<String, String> map, String key, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }
}
