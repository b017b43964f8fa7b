package dev.outflow.kafka.input;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Where an input begins to read when there is no checkpoint or savepoint to go on from, as Azure
 * Stream Analytics' "output start time" decides it.
 */
sealed interface StartPosition {
  /** What can be written for {@code start}. */
  String VALUES = "earliest, committed, job-start or a time such as 2026-11-23T10:15:00Z";

  /** The options of Flink's own Kafka table that mean the same. */
  Map<String, String> flinkOptions();

  /** From the first record that the topic still has. */
  record Earliest() implements StartPosition {
    @Override
    public Map<String, String> flinkOptions() {
      return Map.of("scan.startup.mode", "earliest-offset");
    }
  }

  /** From where the consumer group left off; from the first record if it never read. */
  record Committed() implements StartPosition {
    @Override
    public Map<String, String> flinkOptions() {
      return Map.of(
          "scan.startup.mode", "group-offsets", "properties.auto.offset.reset", "earliest");
    }
  }

  /** With the records that arrive from now on. */
  record JobStart() implements StartPosition {
    @Override
    public Map<String, String> flinkOptions() {
      return Map.of("scan.startup.mode", "latest-offset");
    }
  }

  /** From the first record whose timestamp is not before {@code time}. */
  record At(Instant time) implements StartPosition {
    @Override
    public Map<String, String> flinkOptions() {
      return Map.of(
          "scan.startup.mode",
          "timestamp",
          "scan.startup.timestamp-millis",
          String.valueOf(time.toEpochMilli()));
    }
  }

  /** What was written, if it is one of {@link #VALUES}. */
  static Optional<StartPosition> parse(String written) {
    return switch (written) {
      case "earliest" -> Optional.of(new Earliest());
      case "committed" -> Optional.of(new Committed());
      case "job-start" -> Optional.of(new JobStart());
      default -> instant(written).map(At::new);
    };
  }

  private static Optional<Instant> instant(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
