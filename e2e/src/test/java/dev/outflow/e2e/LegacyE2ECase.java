package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.embedded.OldKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs outflow-legacy.jar, with its defaults, on the brokers that outflow.jar cannot use. */
@ExtendWith({PrintLogsOnFailure.class, SharedClusters.Extension.class})
class LegacyE2ECase {
  private static final Duration ARRIVING = Duration.ofSeconds(90);
  private static final Pattern ID = Pattern.compile("submitted with JobID ([0-9a-f]{32})");

  private static FlinkCluster flink;

  @TempDir private Path folder;

  @BeforeAll
  static void use(SharedClusters clusters) {
    flink = clusters.flink();
  }

  @AfterEach
  void cancelJobs() throws Exception {
    flink.cancelAll();
  }

  @Test
  void losesNothingOnKafka010WhenATaskManagerIsKilled() throws Exception {
    try (OldKafka kafka = OldKafka.start("0.10.2.2")) {
      LegacyTopic in = LegacyTopic.create(kafka.bootstrapServers(), "numbers");
      LegacyTopic out = LegacyTopic.create(kafka.bootstrapServers(), "copies");
      in.send(numbers(0, 1000));
      String definition = definition(in, out);

      assertThat(
              run(
                      definition,
                      "outputs.copies.delivery-guarantee=exactly-once",
                      "outputs.copies.on-error=dead-letter",
                      "outputs.copies.dead-letter-topic=copies-dead")
                  .output())
          .contains(
              "outputs.copies.delivery-guarantee  exactly-once requires transactions, but",
              "outputs.copies.on-error  dead-letter requires record headers, which brokers have"
                  + " since Kafka 0.11; use drop or fail");

      String job = submit(definition);
      awaitCopies(out, 1000);
      flink.awaitCheckpoints(job, 1, ARRIVING);
      in.send(numbers(1000, 2000));
      flink.killTaskManager(0);
      in.send(numbers(2000, 3000));
      flink.startTaskManager();

      awaitCopies(out, 3000);
      flink.cancelAll();

      LegacyTopic again = LegacyTopic.create(kafka.bootstrapServers(), "again");
      String bounded =
          submit(
              definition,
              "inputs.numbers.start=custom: 2020-01-01T00:00:00Z",
              "inputs.numbers.bounded=true",
              "outputs.copies.topic=again");
      flink.awaitState(bounded, "FINISHED", ARRIVING);
      assertThat(again.read()).containsExactlyInAnyOrderElementsOf(numbers(0, 3000));
    }
  }

  @Test
  void writesAndReadsWhereNewerClientsAreReset() throws Exception {
    try (FakeBroker broker = FakeBroker.start(BrokerShape.eventHubs()).resetApiVersions4()) {
      broker.topic("numbers", LegacyTopic.PARTITIONS);
      broker.topic("copies", LegacyTopic.PARTITIONS);
      LegacyTopic in = new LegacyTopic(broker.bootstrapServers(), "numbers");
      LegacyTopic out = new LegacyTopic(broker.bootstrapServers(), "copies");
      in.send(numbers(0, 1000));

      submit(definition(in, out));

      awaitCopies(out, 1000);
    }
  }

  private static String submit(String definition, String... sets) throws Exception {
    JavaCommand.Result result = run(definition, sets);
    Matcher id = ID.matcher(result.output());
    assertThat(id.find()).as(result.output()).isTrue();
    return id.group(1);
  }

  private static JavaCommand.Result run(String definition, String... sets) throws Exception {
    return flink.run(
        Stream.concat(
                Stream.of("-d", LegacyTopic.JAR.toString(), "--config", definition),
                Arrays.stream(sets).flatMap(set -> Stream.of("--set", set)))
            .toArray(String[]::new));
  }

  /** Waits until each number below {@code to} is there at least once. */
  private static void awaitCopies(LegacyTopic topic, int to) {
    TreeSet<String> expected = new TreeSet<>(numbers(0, to));
    Await.until(
        "%d copies are in %s".formatted(to, topic.name()),
        ARRIVING,
        JavaProcess.started(),
        () -> new TreeSet<>(topic.read()).equals(expected));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj("{\"number\":%d}"::formatted).toList();
  }

  private String definition(LegacyTopic in, LegacyTopic out) throws Exception {
    String tables = Numbers.tables(in.servers(), in.name(), out.name());
    return Files.writeString(
            folder.resolve("job.yaml"),
            tables.replace("topic: copies\n", "topic: copies\n    compression-type: lz4\n")
                + Numbers.QUERIES)
        .toString();
  }
}
