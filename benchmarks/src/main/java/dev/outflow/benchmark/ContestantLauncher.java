package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.e2e.FlinkCluster;
import dev.outflow.e2e.JavaCommand;
import dev.outflow.e2e.JavaProcess;
import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Launches contestants, each with a cluster, topics and a job of its own. */
final class ContestantLauncher {
  private static final Duration FIRST_RECORD = Duration.ofMinutes(2);
  private static final String JAR = "target/outflow-benchmarks-0.1.0-SNAPSHOT.jar";
  private static final String PERF_TEST = "org.apache.kafka.tools.ProducerPerformance";

  private final TestBed testBed;
  private final Topics topics;
  private final AtomicInteger started = new AtomicInteger();

  ContestantLauncher(TestBed testBed, Topics topics) {
    this.testBed = testBed;
    this.topics = topics;
  }

  /** Launches a contestant and returns when it has written its first record. */
  RunningContestant launch(Contestant contestant, Inputs.Input input) throws Exception {
    int number = started.incrementAndGet();
    Workload workload = contestant.workload();
    List<String> outputs =
        IntStream.rangeClosed(1, workload.outputs())
            .mapToObj(i -> "out%d_%d".formatted(number, i))
            .toList();
    for (String output : outputs) {
      topics.create(output, workload.partitions(), false);
    }
    Path folder = Files.createDirectories(testBed.folder().resolve("contestant-" + number));
    return contestant.peer() == Peer.PERF_TEST
        ? perfTest(contestant, input, outputs, folder)
        : job(contestant, input, outputs, folder);
  }

  private RunningContestant job(
      Contestant contestant, Inputs.Input input, List<String> outputs, Path folder)
      throws Exception {
    FlinkCluster cluster = Clusters.start(folder, contestant);
    try {
      long begin = System.nanoTime();
      JavaProcess process = cluster.taskManagers().get(0);
      submit(contestant, input.topic(), outputs, folder, cluster.rest());
      double startUp = awaitFirst(contestant, outputs, process, begin);
      return new RunningContestant(
          contestant,
          process,
          RemoteJvm.of(process.pid()),
          topics,
          input,
          outputs,
          startUp,
          cluster);
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  private void submit(
      Contestant contestant, String input, List<String> outputs, Path folder, ClusterRest cluster)
      throws IOException, InterruptedException {
    Workload workload = contestant.workload();
    switch (contestant.peer()) {
      case OUTFLOW -> {
        Path job = folder.resolve("job.yaml");
        Files.writeString(job, new JobYaml(contestant, input, outputs, testBed).text());
        run(cluster, ClusterRest.JAR, "", List.of("--config", job.toString()));
      }
      case SQL -> {
        Path script = folder.resolve("job.sql");
        Files.writeString(
            script, new SqlScript(workload, input, outputs, clients(workload)).text());
        run(
            cluster,
            Path.of(JAR),
            SqlJob.class.getName(),
            List.of(
                script.toString(),
                "execution.checkpointing.interval",
                workload.delivery().intervalSeconds() + " s",
                "parallelism.default",
                String.valueOf(workload.parallelism()),
                "table.local-time-zone",
                "UTC"));
      }
      case HAND_WRITTEN -> {
        Path settings = folder.resolve("job.json");
        new HandWrittenJob.Settings(workload, input, outputs, clients(workload)).write(settings);
        run(cluster, Path.of(JAR), HandWrittenJob.class.getName(), List.of(settings.toString()));
      }
      case PERF_TEST -> throw new IllegalArgumentException("not a Flink job");
    }
  }

  private static void run(ClusterRest cluster, Path jar, String main, List<String> arguments)
      throws IOException, InterruptedException {
    String uploaded = cluster.upload(jar);
    Map<String, Object> request = new HashMap<>(Map.of("programArgsList", arguments));
    if (!main.isEmpty()) {
      request.put("entryClass", main);
    }
    JsonNode answer = cluster.post("/jars/%s/run".formatted(uploaded), request);
    if (!answer.has("jobid")) {
      throw new IllegalStateException("the cluster rejected the job: " + answer);
    }
  }

  private Map<String, String> clients(Workload workload) throws IOException {
    Map<String, String> clients = new HashMap<>(testBed.clientProperties(workload));
    clients.putAll(workload.producer());
    clients.put("bootstrap.servers", testBed.bootstrapServers(workload));
    return clients;
  }

  private RunningContestant perfTest(
      Contestant contestant, Inputs.Input input, List<String> outputs, Path folder)
      throws Exception {
    Workload workload = contestant.workload();
    Path records = folder.resolve("records.txt");
    try (var lines = Files.newBufferedWriter(records)) {
      RandomReadings readings = new RandomReadings(workload);
      ReadingCodec codec = workload.format().codec();
      for (int i = 0; i < 1000; i++) {
        lines.write(new String(codec.output(readings.next()), UTF_8));
        lines.newLine();
      }
    }
    JavaCommand command =
        new JavaCommand(
            contestant.label(),
            new OwnJvm(Map.of(), List.of("-Xmx512m")),
            jars(),
            PERF_TEST,
            Stream.of(
                    "--topic " + outputs.get(0),
                    "--num-records 2000000000 --throughput -1 --payload-file " + records,
                    "--producer-props acks=all bootstrap.servers="
                        + testBed.bootstrapServers(workload),
                    "request.timeout.ms=600000 delivery.timeout.ms=1200000 compression.type="
                        + workload.compression())
                .flatMap(part -> Stream.of(part.split(" ")))
                .toList(),
            folder,
            folder.resolve("perf-test.log"));
    long begin = System.nanoTime();
    JavaProcess process = command.start();
    double startUp = awaitFirst(contestant, outputs, process, begin);
    return new RunningContestant(
        contestant,
        process,
        RemoteJvm.of(process.pid()),
        topics,
        input,
        outputs,
        startUp,
        () -> {});
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(Clusters.LIB)) {
      return jars.sorted().toList();
    }
  }

  private double awaitFirst(
      Contestant contestant, List<String> outputs, JavaProcess process, long begin)
      throws ExecutionException, InterruptedException {
    try {
      Awaitility.await()
          .atMost(FIRST_RECORD)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || topics.written(outputs) > 0);
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "%s wrote no records in %s:%n%s"
              .formatted(contestant.label(), FIRST_RECORD, process.logTail(40)),
          e);
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(contestant.label() + " exited: " + process.logTail(40));
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
