package dev.outflow.kafka.input;

import java.time.Instant;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Where an input starts without a checkpoint or savepoint, like Azure Stream Analytics' "output
 * start mode". Partitions added to the topic later are always read from their first record.
 */
sealed interface StartPosition {
  /** The equivalent for Flink's source. */
  OffsetsInitializer offsets();

  /** At the first record that the topic still contains. */
  record Earliest() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.earliest();
    }
  }

  /** At the consumer group's committed offsets; without them, at the first record. */
  record Committed() implements StartPosition {
    @Override
    @SuppressWarnings("deprecation") // Flink's method requires Kafka's deprecated enum.
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }
  }

  /**
   * At the consumer group's committed offsets, which must exist. That is checked before the job
   * starts; here it equals {@link Committed}, because Flink's source fails without an offset for a
   * partition that was added since.
   */
  record LastStopped() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return new Committed().offsets();
    }
  }

  /** At the end of the topic. */
  record JobStart() implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.latest();
    }
  }

  /** At the first record with a timestamp of {@code time} or later. */
  record Custom(Instant time) implements StartPosition {
    @Override
    public OffsetsInitializer offsets() {
      return OffsetsInitializer.timestamp(time.toEpochMilli());
    }
  }

  /**
   * Parses the option {@code start}.
   *
   * @param now the latest custom time accepted
   * @throws IllegalArgumentException with the problem and the accepted values
   */
  static StartPosition parse(String value, Instant now) {
    return switch (value.strip()) {
      case KafkaInputOptions.EARLIEST -> new Earliest();
      case "committed" -> new Committed();
      case "last-stopped" -> new LastStopped();
      case "job-start" -> new JobStart();
      default -> {
        if (CustomStartTime.isMeant(value)) {
          yield new Custom(CustomStartTime.parse(value, now));
        }
        throw new IllegalArgumentException(
            "'%s' is invalid; expected one of job-start, last-stopped, earliest, committed, 'custom: %s'"
                .formatted(value, CustomStartTime.EXAMPLE));
      }
    };
  }
}
