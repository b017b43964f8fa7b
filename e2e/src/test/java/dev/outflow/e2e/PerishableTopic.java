package dev.outflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.embedded.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * An input whose records are deleted before the job reads them. The job continues; each record is
 * either among the survivors or announced as lost.
 */
final class PerishableTopic {
  private static final Duration ARRIVING = Duration.ofSeconds(60);

  /** How soon a loss has to be announced. */
  static final Duration ALARM = Duration.ofSeconds(60);

  private final TestTopic topic;
  private final TestTopic survivors;
  private final Map<Integer, Integer> written = new HashMap<>();
  private final Set<String> alarms = new HashSet<>();
  private final Set<String> announced = new HashSet<>();
  private Duration slowest = Duration.ZERO;
  private int life;

  PerishableTopic(TestTopic topic, TestTopic survivors) {
    this.topic = topic;
    this.survivors = survivors;
  }

  TestTopic topic() {
    return topic;
  }

  TestTopic survivors() {
    return survivors;
  }

  /**
   * Writes records one by one. A record consists of the number of times that the topic was created
   * before and its offset.
   */
  void write(int records) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", topic.kafka().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < records; i++) {
        int number = written.merge(life, 1, Integer::sum) - 1;
        producer.send(new ProducerRecord<>(topic.name(), record(life, number))).get();
      }
    }
  }

  /** Deletes all records but the last ones, as retention does. */
  void keep(int last) throws Exception {
    try (Admin admin = topic.kafka().admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(topic.name(), 0),
                  RecordsToDelete.beforeOffset(written.get(life) - last)))
          .all()
          .get();
    }
  }

  /** Deletes the topic and creates it again. */
  void recreate() throws Exception {
    try (Admin admin = topic.kafka().admin()) {
      admin.deleteTopics(List.of(topic.name())).all().get();
      Await.until(
          "the topic is deleted",
          ARRIVING,
          List.of(),
          () -> !admin.listTopics().names().get().contains(topic.name()));
      admin
          .createTopics(List.of(new NewTopic(topic.name(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    life++;
  }

  /** Waits until the job has announced what is lost of the topic in this life. */
  void awaitAlarm(FlinkCluster flink, int life) {
    Instant begin = Instant.now();
    Await.until(
        "the job announces the loss",
        ALARM,
        flink.taskManagers(),
        () -> !LossAlarm.in(flink.taskManagers(), topic.name(), alarms).isEmpty());
    Duration time = Duration.between(begin, Instant.now());
    slowest = slowest.compareTo(time) < 0 ? time : slowest;
    for (LossAlarm alarm : LossAlarm.in(flink.taskManagers(), topic.name(), alarms)) {
      alarms.add(alarm.text());
      alarm.numbers(written.get(life)).forEach(number -> announced.add(record(life, number)));
    }
  }

  int life() {
    return life;
  }

  /** Compares the survivors with what was written and announced as lost. */
  PerishableFindings drained() throws Exception {
    write(1);
    String last = record(life, written.get(life) - 1);
    Await.until(
        "the last record has arrived", ARRIVING, List.of(), () -> committed().contains(last));
    List<String> committed = committed();
    Set<String> survived = new HashSet<>(committed);
    List<LossAlarm> falseAlarms =
        LossAlarm.in(JavaProcess.started(), topic.name(), alarms).stream()
            .filter(alarm -> !isRepeated(alarm, survived))
            .toList();
    Set<String> missing =
        written.entrySet().stream()
            .flatMap(
                all ->
                    IntStream.range(0, all.getValue())
                        .mapToObj(number -> record(all.getKey(), number)))
            .filter(record -> !survived.contains(record))
            .collect(Collectors.toSet());
    Set<String> unannounced = new HashSet<>(missing);
    unannounced.removeAll(announced);
    Set<String> mistaken = new HashSet<>(announced);
    mistaken.retainAll(survived);
    return new PerishableFindings(
        written.values().stream().mapToInt(Integer::intValue).sum(),
        missing.size(),
        unannounced,
        mistaken,
        falseAlarms,
        committed.size() - survived.size(),
        slowest);
  }

  /**
   * A restart before the next checkpoint repeats an alarm, with the records that were rolled back.
   */
  private boolean isRepeated(LossAlarm alarm, Set<String> survived) {
    for (Map.Entry<Integer, Integer> each : written.entrySet()) {
      Set<String> lost =
          alarm
              .numbers(each.getValue())
              .mapToObj(number -> record(each.getKey(), number))
              .collect(Collectors.toSet());
      if (!lost.isEmpty() && lost.stream().noneMatch(survived::contains)) {
        announced.addAll(lost);
        return true;
      }
    }
    return false;
  }

  private List<String> committed() {
    return survivors.committed().stream()
        .map(record -> new String(record.value(), UTF_8).strip())
        .toList();
  }

  private static String record(int life, int number) {
    return life + "," + number;
  }
}
