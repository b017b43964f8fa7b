package dev.outflow.kafka.input;

import java.time.Instant;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Where an input begins to read when there is no checkpoint or savepoint to go on from, as Azure
 * Stream Analytics' "output start mode" decides it. Partitions that are added to the topic later
 * are always read from their first record.
 */
sealed interface StartPosition {
  /** What can be written for {@code start}. */
  String VALUES =
      "job-start, last-stopped, earliest, committed, or custom: and a time, as 'custom: "
          + StartTime.EXAMPLE
          + "'";

  /** The same for Flink's source. */
  OffsetsInitializer offsets();

  /** From the first record that the topic still has. */
  record Earliest() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.earliest();
    }
  }

  /** From where the consumer group left off; from the first record if it never read. */
  record Committed() implements StartPosition {
    @Override
    @SuppressWarnings("deprecation") // Of Kafka's enum, which Flink's method takes.
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }
  }

  /**
   * From where the consumer group left off, which must have read before. That is asked before the
   * job starts; here it is the same as {@link Committed}, because Flink's source refuses to start
   * without a position for partitions that were added since.
   */
  record LastStopped() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return new Committed().offsets();
    }
  }

  /** With the records that arrive from now on. */
  record JobStart() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.latest();
    }
  }

  /** From the first record whose timestamp is not before {@code time}. */
  record Custom(Instant time) implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }
  }

  /**
   * What was written.
   *
   * @param now no custom time may be later
   * @throws IllegalArgumentException saying what is wrong and what can be written
   */
  static StartPosition parse(String written, Instant now) {
    return switch (written.strip()) {
      case "earliest" -> new Earliest();
      case "committed" -> new Committed();
      case "last-stopped" -> new LastStopped();
      case "job-start" -> new JobStart();
      default -> {
        if (StartTime.looksLikeOne(written)) {
          yield new Custom(StartTime.parse(written, now));
        }
        throw new IllegalArgumentException("'%s' is none of %s".formatted(written, VALUES));
      }
    };
  }
}
