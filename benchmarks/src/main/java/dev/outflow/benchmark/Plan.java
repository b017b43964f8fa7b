package dev.outflow.benchmark;

import static dev.outflow.benchmark.Peer.HAND_WRITTEN;
import static dev.outflow.benchmark.Peer.PERF_TEST;
import static dev.outflow.benchmark.Peer.SQL;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Defines the contests: a base workload, and variations that each change one aspect. */
final class Plan {
  private static final Set<String> QUICK = Set.of("json", "generator-json");
  private static final int WITH_CHECKPOINT_MS = 10_000;
  private static final int MANY_PRODUCERS_MS = 3000;

  private static final Workload BASE = Workload.BASE;
  private static final Workload GENERATOR = BASE.with(Scenario.GENERATOR);
  private static final Workload WINDOW = BASE.with(Scenario.WINDOW);
  private static final Workload AT_LEAST_ONCE = BASE.with(Delivery.AT_LEAST_ONCE);

  private Plan() {}

  static List<Contest> quick() {
    return full().stream().filter(contest -> QUICK.contains(contest.name())).toList();
  }

  static List<Contest> full() {
    return Stream.of(formats(), generators(), windows(), settings(), variations(), scaling())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Contest> formats() {
    List<Contest> contests = new ArrayList<>();
    for (Format format : Format.values()) {
      for (int bytes : new int[] {200, 1024}) {
        String name = bytes == 200 ? format.toString() : format + "-1k";
        contests.add(
            peers(name, title("filter", format, bytes), BASE.with(format).withBytes(bytes)));
      }
    }
    return contests;
  }

  private static List<Contest> generators() {
    List<Contest> contests = new ArrayList<>();
    for (Format format : Format.values()) {
      Workload workload = GENERATOR.with(format);
      String title = title("generator", format, 200);
      contests.add(
          format == Format.AVRO
              ? peers("generator-" + format, title, workload)
              : Contest.ofPeers(
                  "generator-" + format, title, workload, SQL, HAND_WRITTEN, PERF_TEST));
    }
    contests.add(
        Contest.ofPeers(
            "generator-json-1k",
            title("generator", Format.JSON, 1024),
            GENERATOR.withBytes(1024),
            SQL,
            HAND_WRITTEN,
            PERF_TEST));
    return contests;
  }

  private static List<Contest> windows() {
    return List.of(
        peers("window-json", title("window", Format.JSON, 200), WINDOW),
        peers("window-avro", title("window", Format.AVRO, 200), WINDOW.with(Format.AVRO)));
  }

  private static List<Contest> settings() {
    return List.of(
        peers("lz4", "filter, JSON, lz4", BASE.withCompression("lz4")),
        peers("zstd", "filter, JSON, zstd", BASE.withCompression("zstd")),
        peers("at-least-once", "filter, JSON, at-least-once", AT_LEAST_ONCE),
        peers("every-second", "filter, JSON, checkpoint every 1 s", BASE.with(Delivery.EVERY_1_S)),
        peers("mtls", "filter, JSON, mTLS", BASE.withMtls()));
  }

  /** Variations of Outflow; turns are long enough for a checkpoint each where that matters. */
  private static List<Contest> variations() {
    return List.of(
        new Contest(
            "guarantees",
            "guarantees and mTLS, filter, JSON",
            WITH_CHECKPOINT_MS,
            1,
            List.of(
                Contestant.outflow("at-least-once", AT_LEAST_ONCE),
                Contestant.outflow("exactly-once, every 10 s", BASE),
                Contestant.outflow("exactly-once, every 1 s", BASE.with(Delivery.EVERY_1_S)),
                Contestant.outflow("exactly-once, every 10 s, mTLS", BASE.withMtls()))),
        variation(
            "defaults",
            "effect of the defaults, filter, JSON",
            Contestant.outflow("Outflow's defaults", BASE),
            Contestant.outflow("value-writer: flink", BASE).withOutput("value-writer", "flink"),
            Contestant.outflow("pipeline.object-reuse: false", BASE)
                .withFlink("pipeline.object-reuse", "false")),
        variation(
            "batches",
            "batches, filter, JSON",
            Contestant.outflow("Outflow's defaults: 64 KB, 100 ms", BASE),
            Contestant.outflow("linger.ms 5 (Kafka's default)", BASE)
                .withOutput("kafka.linger.ms", "5"),
            Contestant.outflow("batch.size 16 KB (Kafka's default)", BASE)
                .withOutput("kafka.batch.size", "16384"),
            Contestant.outflow("batch.size 128 KB", BASE)
                .withOutput("kafka.batch.size", "131072")));
  }

  private static List<Contest> scaling() {
    Workload small = AT_LEAST_ONCE;
    return List.of(
        scaled(
            "parallelism",
            "parallelism, filter, JSON",
            Contestant.outflow("1", small),
            Contestant.outflow("2", small.withParallelism(2))),
        scaled(
            "outputs",
            "outputs, filter, JSON",
            Contestant.outflow("1", small),
            Contestant.outflow("4", small.withOutputs(4)),
            Contestant.outflow("16", small.withOutputs(16))),
        scaled(
            "outputs-linger",
            "sixteen outputs, exactly-once, filter, JSON",
            Contestant.outflow("Outflow's defaults", BASE.withOutputs(16)),
            Contestant.outflow("linger.ms 5 (Kafka's default)", BASE.withOutputs(16))
                .withOutput("kafka.linger.ms", "5")),
        scaled(
            "outputs-at-least-once",
            "sixteen outputs, at-least-once, filter, JSON",
            Contestant.outflow("Outflow's defaults", small.withOutputs(16)),
            Contestant.outflow("linger.ms 5 (Kafka's default)", small.withOutputs(16))
                .withOutput("kafka.linger.ms", "5"),
            Contestant.outflow("linger.ms 100", small.withOutputs(16))
                .withOutput("kafka.linger.ms", "100")),
        scaled(
            "columns",
            "columns, filter, JSON",
            Contestant.outflow("5", small),
            Contestant.outflow("50", small.withColumns(50)),
            Contestant.outflow("200", small.withColumns(200))),
        scaled(
            "partitions",
            "partitions, filter, JSON",
            Contestant.outflow("1", small.withPartitions(1)),
            Contestant.outflow("16", small.withPartitions(16)),
            Contestant.outflow("128", small.withPartitions(128))),
        scaled(
            "one-partition",
            "one partition, filter, JSON",
            Contestant.outflow("Outflow's defaults: 64 KB", small.withPartitions(1)),
            Contestant.outflow("batch.size 16 KB (Kafka's default)", small.withPartitions(1))
                .withOutput("kafka.batch.size", "16384"),
            Contestant.outflow("batch.size 128 KB", small.withPartitions(1))
                .withOutput("kafka.batch.size", "131072")));
  }

  /** Turns are long enough for many outputs or partitions to fill their batches. */
  private static Contest scaled(String name, String title, Contestant... contestants) {
    return new Contest(name, title, MANY_PRODUCERS_MS, 1, List.of(contestants));
  }

  private static Contest variation(String name, String title, Contestant... contestants) {
    return Contest.of(name, title, List.of(contestants));
  }

  private static Contest peers(String name, String title, Workload workload) {
    return Contest.ofPeers(name, title, workload, SQL, HAND_WRITTEN);
  }

  private static String title(String scenario, Format format, int bytes) {
    return "%s, %s, %s".formatted(scenario, format.title(), bytes == 1024 ? "1 KB" : bytes + " B");
  }
}
