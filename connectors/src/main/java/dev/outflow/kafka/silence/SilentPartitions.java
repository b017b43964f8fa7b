package dev.outflow.kafka.silence;

import java.io.Serializable;
import java.time.Clock;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Advances the time of silent partitions of one source. The deserializer, the source and the
 * watermark strategy must all be wrapped: they share this object, which Flink serializes with the
 * source's operator, so that each attempt of each subtask has its own copy.
 */
public final class SilentPartitions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String input;
  private final Silence silence;
  private final Properties consumer;
  private transient SubtaskProgress progress;

  /**
   * @param input its name
   * @param consumer the properties of the source's consumer
   */
  public SilentPartitions(String input, Silence silence, Properties consumer) {
    if (!silence.advances()) {
      throw new IllegalArgumentException("silent partitions do not advance");
    }
    this.input = input;
    this.silence = silence;
    this.consumer = consumer;
  }

  /** Returns the deserializer, which also reports how far the source has read. */
  public <T> KafkaRecordDeserializationSchema<T> observe(
      KafkaRecordDeserializationSchema<T> deserializer) {
    return new ObservedDeserializer<>(deserializer, this);
  }

  /** Returns the source, which also asks for the ends of its partitions. */
  public <T, E> Source<T, KafkaPartitionSplit, E> observe(
      Source<T, KafkaPartitionSplit, E> source) {
    return new ObservedSource<>(source, this);
  }

  /** Returns the strategy, without idleness of its own, with watermarks that advance in silence. */
  public <T> WatermarkStrategy<T> advance(WatermarkStrategy<T> strategy) {
    return context ->
        new SilenceWatermarks<>(
            strategy.createWatermarkGenerator(context),
            progress(),
            silence,
            context.getInputActivityClock()::relativeTimeMillis);
  }

  /** Starts a subtask. */
  SubtaskProgress open() {
    progress = new SubtaskProgress();
    return progress;
  }

  SubtaskProgress progress() {
    return progress;
  }

  /** Returns the probe of a subtask. */
  SilenceProbe probe(int subtask) {
    String client = input + "-silence-" + subtask;
    return new SilenceProbe(
        "input '%s'".formatted(input),
        progress,
        () -> new ConsumedEnds(consumer, client, ConsumedEnds.ANSWER),
        Clock.systemUTC());
  }

  /** Leaves out the properties, any of which can be a secret. */
  @Override
  public String toString() {
    return "SilentPartitions[%s, %s]".formatted(input, silence);
  }
}
