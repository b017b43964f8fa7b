package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/develop.md print what the page shows, with its definition. NewProjectE2ECase
 * runs the one that needs Maven.
 */
@ExtendWith(KafkaExtension.class)
class DevelopPageITCase {
  private static final Path PAGE = Path.of("..", "docs", "develop.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(sh|yaml|text|json|)\n(.*?)```");
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final int RECORDS = 40;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void printsWhatThePageShows(EmbeddedKafka kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    send(kafka, topic);
    List<String> blocks = blocks();
    Map<String, String> names =
        Map.of(
            "broker:9092",
            kafka.bootstrapServers(),
            "shop-orders",
            topic.name(),
            "--since 10min", // The records are older.
            "--since 5000d");
    Path job = folder.resolve("conf/job.yaml");
    Files.createDirectories(job.getParent());

    for (int index = 0; index < blocks.size(); index++) {
      String block = blocks.get(index);
      // WatchITCase runs those with --watch.
      if (block.startsWith("./outflow")
          && !block.startsWith("./outflow new ")
          && !block.contains("--watch")) {
        String shown = blocks.get(index + 1);
        assertThat(run(block.strip(), names)).as(err.toString()).isZero();
        assertThat(reversed(out.toString() + err, names)).contains(shown.lines().toList());
      } else if (block.startsWith("name:")) {
        Files.writeString(job, replaced(block, names));
      }
    }
    assertThat(folder.resolve("conf/tests/morning/expected/per_city.jsonl")).isNotEmptyFile();
  }

  private List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      blocks.add(block.group(2));
    }
    return blocks;
  }

  /** Runs a command in the folder: paths below conf are those of the job. */
  private int run(String command, Map<String, String> names) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(
            List.of(replaced(command, names).replace("conf/", folder + "/conf/").split(" ", -1)));
    arguments.remove(0);
    if (arguments.get(0).equals("sample")) {
      arguments.add(2, folder.resolve("conf/job.yaml").toString());
    }
    return Outflow.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private static String replaced(String text, Map<String, String> names) {
    String replaced = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      replaced = replaced.replace(name.getKey(), name.getValue());
    }
    return replaced;
  }

  private String reversed(String text, Map<String, String> names) {
    String reversed = text.replace(folder + "/", "");
    for (Map.Entry<String, String> name : names.entrySet()) {
      reversed =
          reversed
              .replace(name.getValue(), name.getKey())
              .replace(
                  name.getValue().replaceAll("[^A-Za-z0-9_]", "_"),
                  name.getKey().replaceAll("[^A-Za-z0-9_]", "_"));
    }
    return reversed;
  }

  private static void send(EmbeddedKafka kafka, TestTopic topic) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < RECORDS; number++) {
        send(producer, topic, number, order(number));
      }
      send(producer, topic, RECORDS, "{\"order_id\": \"order-40\", \"customer\": ");
      producer.flush();
    }
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // The producer is flushed; a lost record fails the test.
  private static void send(
      KafkaProducer<byte[], byte[]> producer, TestTopic topic, int number, String value) {
    long arrival = TIME.plusSeconds(number).plusMillis(400).toEpochMilli();
    producer.send(new ProducerRecord<>(topic.name(), 0, arrival, null, value.getBytes(UTF_8)));
  }

  private static String order(int number) {
    return String.format(
        Locale.ROOT,
        "{\"order_id\": \"order-%02d\", \"customer\": {\"name\": \"Customer %d\", \"city\": \"%s\"}, \"amount\": %d.%d0, %s\"placed_at\": \"%s\"}",
        number,
        number,
        number % 3 == 0 ? "Bergen" : "Porto",
        100 + number,
        number % 10,
        number % 4 == 0 ? "" : "\"express\": true, ",
        TIME.plusSeconds(number % 7 == 3 ? number - 2 : number));
  }
}
