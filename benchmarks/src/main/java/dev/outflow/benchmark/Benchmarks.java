package dev.outflow.benchmark;

import dev.outflow.embedded.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;

/** {@code ./benchmarks/run}: measures Outflow against its peers. */
@CommandLine.Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Measures Outflow against its peers and writes results and plots.",
    footer = "%nRun JMH benchmarks instead: ./benchmarks/run --jmh OrderingBenchmark")
public final class Benchmarks implements Callable<Integer> {
  private static final String START_UP = "start-up";
  private static final String LATENCY = "latency";
  private static final String SOAK = "soak";
  private static final double START_UP_INPUT_S = 0.1;

  /** The longest run of a contestant in one repetition, in s. */
  private static final double MAX_REPETITION_S = 11;

  @CommandLine.Option(
      names = "--quick",
      description =
          "run only the most important contests with short warm-ups (less than 10 minutes)")
  private boolean quick;

  @CommandLine.Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "run only these contests; see --list")
  private List<String> only = List.of();

  @CommandLine.Option(names = "--list", description = "list all contests")
  private boolean list;

  @CommandLine.Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "profile the first contestant of this contest instead of measuring")
  private String profile;

  @CommandLine.Option(
      names = "--repetitions",
      defaultValue = "5",
      description = "repetitions per contest (default: ${DEFAULT-VALUE})")
  private int repetitions;

  @CommandLine.Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "warm-up per contestant (default: 40, with --quick 25)")
  private Integer warmUp;

  @CommandLine.Option(
      names = "--soak",
      paramLabel = "MINUTES",
      defaultValue = "20",
      description = "duration of the soak test (default: ${DEFAULT-VALUE})")
  private int soakMinutes;

  @CommandLine.Option(
      names = "--into",
      paramLabel = "DIR",
      defaultValue = "../docs/performance",
      description = "output directory (default: docs/performance)")
  private Path into;

  private Benchmarks() {}

  /** Exits with 0 if all measurements succeeded. */
  public static void main(String... arguments) {
    int exit = new CommandLine(new Benchmarks()).execute(arguments);
    // Threads of broker and clients may still be running.
    System.exit(exit);
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      Plan.full()
          .forEach(contest -> System.out.printf("%-20s %s%n", contest.name(), contest.title()));
      System.out.printf(
          "%-20s %s%n%-20s %s%n%-20s %s%n",
          START_UP,
          "from submission to the first record",
          LATENCY,
          "end-to-end latency",
          SOAK,
          "memory over time");
      return 0;
    }
    if (warmUp == null) {
      warmUp = quick ? 25 : 40;
    }
    try (TemporaryFolder folder = TemporaryFolder.create("outflow-benchmarks");
        TestBed testBed = TestBed.open(folder.path());
        Admin admin = testBed.kafka().broker().admin()) {
      Topics topics = new Topics(admin, testBed.kafka().broker().bootstrapServers());
      ContestantLauncher launcher = new ContestantLauncher(testBed, topics);
      Inputs inputs = new Inputs(testBed, topics, warmUp + repetitions * MAX_REPETITION_S);
      if (profile == null) {
        measure(testBed, topics, launcher, inputs);
      } else {
        profile(folder.path(), launcher, inputs);
      }
    }
    return 0;
  }

  private void measure(TestBed testBed, Topics topics, ContestantLauncher launcher, Inputs inputs)
      throws Exception {
    ContestRunner contestRunner = new ContestRunner(launcher, inputs, repetitions, warmUp);
    List<Contest> contests =
        (quick ? Plan.quick() : Plan.full()).stream().filter(this::isWanted).toList();
    for (int i = 0; i < contests.size(); i++) {
      System.out.printf("%d of %d: %s%n", i + 1, contests.size(), contests.get(i).title());
      Outcome outcome = contestRunner.run(contests.get(i));
      System.out.print(ResultsTable.rows(outcome));
      save(Results.of(outcome));
    }
    if (isWanted(START_UP) && !quick) {
      startUps(testBed, topics, launcher);
    }
    if (isWanted(LATENCY) && !quick) {
      latencies(testBed, topics, launcher);
    }
    if (isWanted(SOAK) && !quick) {
      Soak soak = Soak.run(launcher, soakMinutes * 60);
      save(Results.of(soak));
    }
    System.out.println("Results and plots are in " + into.toAbsolutePath().normalize());
  }

  private void startUps(TestBed testBed, Topics topics, ContestantLauncher launcher)
      throws Exception {
    StartUpRun run =
        new StartUpRun(launcher, new Inputs(testBed, topics, START_UP_INPUT_S), repetitions);
    for (Format format : Format.values()) {
      System.out.printf("Start-up, %s:", format.title());
      save(
          Results.of(
              run.run(
                  format.toString(),
                  "filter, " + format.title(),
                  Workload.BASE.with(format),
                  Peer.OUTFLOW,
                  Peer.SQL)));
    }
  }

  private void latencies(TestBed testBed, Topics topics, ContestantLauncher launcher)
      throws Exception {
    for (Delivery delivery :
        List.of(Delivery.AT_LEAST_ONCE, Delivery.EVERY_1_S, Delivery.EVERY_10_S)) {
      System.out.println("Latency, " + delivery);
      int seconds = delivery.equals(Delivery.EVERY_10_S) ? 65 : 30;
      save(
          Results.of(
              new LatencyRun(testBed, topics, launcher, seconds)
                  .run(
                      delivery.guarantee() + "-" + delivery.intervalSeconds(),
                      delivery.toString(),
                      Workload.BASE.with(delivery),
                      Peer.OUTFLOW,
                      Peer.SQL,
                      Peer.HAND_WRITTEN)));
    }
  }

  /** Keeps earlier results, except those of the same name. */
  private void save(Results results) throws IOException {
    ResultsFolder folder = new ResultsFolder(into);
    folder.write(folder.read().map(earlier -> earlier.with(results)).orElse(results));
  }

  private boolean isWanted(Contest contest) {
    return isWanted(contest.name());
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private void profile(Path folder, ContestantLauncher launcher, Inputs inputs) throws Exception {
    Contestant contestant =
        Plan.full().stream()
            .filter(contest -> contest.name().equals(profile))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown contest '%s'; see --list".formatted(profile)))
            .contestants()
            .get(0);
    try (RunningContestant runner = launcher.launch(contestant, inputs.of(contestant.workload()))) {
      runner.turn(warmUp * 1000L);
      System.out.print(new Profiler(folder).profile(runner, repetitions * 4));
    }
  }
}
