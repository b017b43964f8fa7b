package dev.outflow.local;

import dev.outflow.embedded.KafkaAddress;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A job that {@code ./outflow preview} shows, and the topics that it reads and would write to. */
record PreviewedJob(TestTopic input, TestTopic output) {
  static final String JOB =
      """
      name: previewed
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: BROKER
          topic: INPUT
          format: json
          columns:
            order_id: STRING
            amount: DECIMAL(10, 2)
            placed_at: TIMESTAMP_LTZ(3) NOT NULL
          event-time: { column: placed_at }
      queries:
        seen: "SELECT order_id, amount, 'web' AS channel, placed_at FROM orders"
        counted: "SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL '1' HOUR)) GROUP BY window_start, window_end"
      outputs:
        seen:
          bootstrap-servers: BROKER
          topic: OUTPUT
          format: json
          partition-key: order_id
          headers: { channel: channel }
          exclude-from-value: [channel]
        counted: { bootstrap-servers: BROKER, topic: OUTPUT, format: json }
      flink: { pipeline.auto-watermark-interval: 1 ms, execution.checkpointing.interval: 100 ms }
      """;

  /** An event time. */
  static final String TIME = "2026-11-24T10:00:10Z";

  /** Creates an input of one partition, which is the output, too. */
  static PreviewedJob create(KafkaAddress kafka) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    return new PreviewedJob(topic, topic);
  }

  static String order(String id, int amount, String time) {
    return "{\"order_id\": \"%s\", \"amount\": %d, \"placed_at\": \"%s\"}"
        .formatted(id, amount, time);
  }

  /** Writes the definition and returns its path. */
  String write(Path folder) throws IOException {
    return write(folder, JOB);
  }

  /** The same with another one, with placeholders as in {@link #JOB}. */
  String write(Path folder, String yaml) throws IOException {
    return Files.writeString(
            folder.resolve("job.yaml"),
            yaml.replace("BROKER", input.kafka().bootstrapServers())
                .replace("INPUT", input.name())
                .replace("OUTPUT", output.name()))
        .toString();
  }

  /** Returns the rows of outputs that a preview has printed. */
  static Stream<String> rows(OutflowCommand outflow) {
    return outflow.out().lines().filter(line -> line.startsWith("{\"output\""));
  }
}
