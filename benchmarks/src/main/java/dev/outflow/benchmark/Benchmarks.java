package dev.outflow.benchmark;

import dev.outflow.embedded.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;

/** {@code ./benchmarks/run}: measures Outflow side by side with its peers. */
@CommandLine.Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Measures Outflow side by side with its peers, and writes figures and pictures.")
public final class Benchmarks implements Callable<Integer> {
  /** That a contestant runs in one repetition. */
  private static final double LONGEST_S = 11;

  @CommandLine.Option(
      names = "--quick",
      description = "the most important contests only, with short warm-ups: some 7 minutes")
  private boolean quick;

  @CommandLine.Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "these contests only, and latency or soak; --list names them")
  private List<String> only = List.of();

  @CommandLine.Option(names = "--list", description = "the names of all contests")
  private boolean list;

  @CommandLine.Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "instead: where the first contestant of this contest spends its time")
  private String profile;

  @CommandLine.Option(
      names = "--repetitions",
      defaultValue = "5",
      description = "of each contest (default: ${DEFAULT-VALUE})")
  private int repetitions;

  @CommandLine.Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "of each contestant, of its own time (default: 40, with --quick 25)")
  private Integer warmUp;

  @CommandLine.Option(
      names = "--soak",
      paramLabel = "MINUTES",
      defaultValue = "20",
      description = "how long memory is watched (default: ${DEFAULT-VALUE})")
  private int soakMinutes;

  @CommandLine.Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "../docs/performance",
      description = "where results are written (default: docs/performance)")
  private Path into;

  private Benchmarks() {}

  /** Exits with 0 if everything was measured. */
  public static void main(String... arguments) {
    int exit = new CommandLine(new Benchmarks()).execute(arguments);
    // Threads of broker and clients may live on.
    System.exit(exit);
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Plan.full().forEach(it -> System.out.printf("%-20s %s%n", it.name(), it.title()));
      System.out.printf("%-20s %s%n%-20s %s%n", "latency", "how late", "soak", "how much memory");
      return 0;
    }
    if (warmUp == null) {
      warmUp = quick ? 25 : 40;
    }
    try (TemporaryFolder folder = TemporaryFolder.create("outflow-benchmarks");
        Place place = Place.open(folder.path());
        Admin admin = place.kafka().broker().admin()) {
      Topics topics = new Topics(admin, place.kafka().broker().bootstrapServers());
      Starter starter = new Starter(place, topics);
      Inputs inputs = new Inputs(place, topics, warmUp + repetitions * LONGEST_S);
      if (profile == null) {
        measure(place, topics, starter, inputs);
      } else {
        profile(folder.path(), starter, inputs);
      }
    }
    return 0;
  }

  private void measure(Place place, Topics topics, Starter starter, Inputs inputs)
      throws Exception {
    Race race = new Race(starter, inputs, repetitions, warmUp);
    List<Contest> contests =
        (quick ? Plan.quick() : Plan.full()).stream().filter(this::isWanted).toList();
    for (int i = 0; i < contests.size(); i++) {
      System.out.printf("%d of %d: %s%n", i + 1, contests.size(), contests.get(i).title());
      Outcome outcome = race.run(contests.get(i));
      System.out.print(ResultsTable.rows(outcome));
      keep(new Results(Machine.here(), List.of(outcome), List.of(), null));
    }
    if (isWanted("latency") && !quick) {
      keep(new Results(Machine.here(), List.of(), latencies(place, topics, starter), null));
    }
    if (isWanted("soak") && !quick) {
      Soak soak = Soak.run(starter, 6250, soakMinutes * 60);
      keep(new Results(Machine.here(), List.of(), List.of(), soak));
    }
    System.out.println("Figures and pictures are in " + into.toAbsolutePath().normalize());
  }

  private static List<Latency> latencies(Place place, Topics topics, Starter starter)
      throws Exception {
    List<Latency> latencies = new ArrayList<>();
    for (Delivery delivery :
        List.of(Delivery.AT_LEAST_ONCE, Delivery.EVERY_1_S, Delivery.EVERY_10_S)) {
      System.out.println("Latency, " + delivery);
      int seconds = delivery.equals(Delivery.EVERY_10_S) ? 65 : 30;
      latencies.add(
          new LatencyRun(place, topics, starter, seconds)
              .run(
                  delivery.guarantee() + "-" + delivery.intervalSeconds(),
                  delivery.toString(),
                  Workload.BASE.with(delivery),
                  Peer.OUTFLOW,
                  Peer.SQL,
                  Peer.HAND_WRITTEN));
    }
    return latencies;
  }

  /** Results of before stay, but for those of the same name. */
  private void keep(Results results) throws Exception {
    Results before =
        Files.exists(into.resolve("results.json"))
            ? Results.read(into)
            : Results.none(results.machine());
    before.with(results).write(into);
  }

  private boolean isWanted(Contest contest) {
    return isWanted(contest.name());
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private void profile(Path folder, Starter starter, Inputs inputs) throws Exception {
    Contestant contestant =
        Plan.full().stream()
            .filter(it -> it.name().equals(profile))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no contest " + profile))
            .contestants()
            .get(0);
    try (Runner runner = starter.start(contestant, inputs.of(contestant.workload()))) {
      runner.turn(warmUp * 1000L);
      System.out.print(new Profiler(folder).of(runner, repetitions * 4));
    }
  }
}
