package dev.outflow.benchmark;

import dev.outflow.e2e.FlinkCluster;
import dev.outflow.e2e.FlinkDistribution;
import dev.outflow.e2e.FlinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts Flink clusters with one TaskManager each, which tolerate long pauses. */
final class Clusters {
  static final Path LIB = Path.of("target/lib");

  /** The libraries that peers' jobs need in {@code lib/}; Outflow's jar contains its own. */
  private static final Pattern PEER_LIBRARIES =
      Pattern.compile(
          "(flink-connector-kafka|kafka-clients|flink-avro|avro|jackson-(core|databind|annotations)|zstd-jni)-\\d.*");

  private static final Map<String, String> LONG_TIMEOUTS =
      Map.of(
          "heartbeat.timeout", "1 h",
          "pekko.ask.timeout", "1 h",
          "taskmanager.memory.task.heap.size", "700m",
          "taskmanager.memory.network.min", "64m",
          "taskmanager.memory.network.max", "64m");

  private Clusters() {}

  static FlinkCluster start(Path folder, Contestant contestant) throws IOException {
    FlinkSettings settings =
        FlinkSettings.defaults()
            .withTaskManagers(1, contestant.workload().parallelism())
            .withDistribution(distribution(contestant.peer()))
            .withJvm("-Xmx1g", "-XX:+UseG1GC")
            // In the Turkish of FlinkCluster, JMX does not find its own attributes.
            .withJvm("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC");
    for (Map.Entry<String, String> option : LONG_TIMEOUTS.entrySet()) {
      settings = settings.withOption(option.getKey(), option.getValue());
    }
    return FlinkCluster.start(folder, settings);
  }

  private static FlinkDistribution distribution(Peer peer) throws IOException {
    FlinkDistribution flink = FlinkDistribution.ofThisBuild();
    if (peer != Peer.OUTFLOW) {
      for (Path jar : jars()) {
        flink = flink.with(jar);
      }
    }
    return flink;
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> all = Files.list(LIB)) {
      return all.filter(jar -> PEER_LIBRARIES.matcher(jar.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }
}
