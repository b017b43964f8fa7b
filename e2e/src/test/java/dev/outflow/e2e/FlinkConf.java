package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the {@code conf/} of a cluster on 127.0.0.1 with small processes and short timeouts. */
final class FlinkConf {
  // BashJavaUtils computes these in Flink's start script, which takes another JVM.
  private static final Map<String, String> TASK_MANAGER_MEMORY =
      Map.of(
          "taskmanager.memory.framework.heap.size", "128m",
          "taskmanager.memory.framework.off-heap.size", "128m",
          "taskmanager.memory.task.heap.size", "256m",
          "taskmanager.memory.task.off-heap.size", "64m",
          "taskmanager.memory.managed.size", "64m",
          "taskmanager.memory.network.min", "48m",
          "taskmanager.memory.network.max", "48m",
          "taskmanager.memory.jvm-metaspace.size", "256m",
          "taskmanager.memory.jvm-overhead.min", "64m",
          "taskmanager.memory.jvm-overhead.max", "64m");

  private FlinkConf() {}

  /** Writes the {@code config.yaml} of the cluster whose home is the parent of {@code conf}. */
  static void write(Path conf, FlinkSettings settings, int rpcPort, int restPort)
      throws IOException {
    Files.createDirectories(conf);
    Map<String, String> options = options(conf.getParent(), settings, rpcPort, restPort);
    Files.writeString(
        conf.resolve("config.yaml"),
        options.entrySet().stream()
            .map(option -> option.getKey() + ": '" + option.getValue().replace("'", "''") + "'\n")
            .collect(joining()));
  }

  private static Map<String, String> options(
      Path home, FlinkSettings settings, int rpcPort, int restPort) {
    Map<String, String> options = new TreeMap<>();
    options.put("jobmanager.rpc.address", "127.0.0.1");
    options.put("jobmanager.rpc.port", String.valueOf(rpcPort));
    options.put("jobmanager.bind-host", "127.0.0.1");
    options.put("rest.address", "127.0.0.1");
    options.put("rest.bind-address", "127.0.0.1");
    options.put("rest.port", String.valueOf(restPort));
    options.put("taskmanager.host", "127.0.0.1");
    options.put("taskmanager.bind-host", "127.0.0.1");
    options.put("taskmanager.numberOfTaskSlots", String.valueOf(settings.slots()));
    options.put("taskmanager.cpu.cores", String.valueOf(settings.slots()));
    options.putAll(TASK_MANAGER_MEMORY);
    options.put("io.tmp.dirs", home.resolve("tmp").toString());
    options.put("execution.checkpointing.dir", home.resolve("checkpoints").toUri().toString());
    options.put("heartbeat.interval", "1 s");
    options.put("heartbeat.timeout", "15 s");
    options.put("metrics.fetcher.update-interval", "500 ms");
    settings
        .highAvailability()
        .ifPresent(
            zooKeeper -> {
              options.put("high-availability.type", "zookeeper");
              options.put("high-availability.zookeeper.quorum", zooKeeper.address());
              options.put("high-availability.storageDir", home.resolve("ha").toUri().toString());
              options.put("high-availability.zookeeper.client.session-timeout", "10 s");
            });
    options.putAll(settings.options());
    return options;
  }
}
