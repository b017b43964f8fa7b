package dev.outflow.kafka.retention;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A {@link KafkaSource} that never skips records silently.
 *
 * <p>If the next offset no longer exists, the consumer of {@code KafkaSource} resets to the first
 * or last record and logs that with level INFO. This source tells the operator which records are
 * lost and fails or continues at the first one that is left (docs/decisions/0021).
 *
 * @param <T> the type of records
 */
public final class LossDetectingSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<T>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  private final InputSettings settings;
  private final Properties consumer;
  private final KafkaSource<T> kafka;

  private LossDetectingSource(InputSettings settings, Properties consumer, KafkaSource<T> kafka) {
    this.settings = settings;
    this.consumer = consumer;
    this.kafka = kafka;
  }

  /**
   * Completes a source.
   *
   * @param kafka the source's topics, offsets and deserializer
   * @param consumer the Kafka consumer's properties
   */
  public static <T> LossDetectingSource<T> of(
      InputSettings settings, KafkaSourceBuilder<T> kafka, Properties consumer) {
    Properties tracked = new Properties();
    tracked.putAll(consumer);
    tracked.merge(
        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
        PositionInterceptor.class.getName(),
        (users, ours) -> users + "," + ours);
    return new LossDetectingSource<>(settings, consumer, kafka.setProperties(tracked).build());
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    SourceReaderContext replaceable = ReplaceableMetrics.in(context);
    LossDetector detector =
        new LossDetector(
            settings, new TopicLogReader(clients()), new LossMetrics(context.metricGroup()));
    return new LossDetectingReader<>(() -> kafka.createReader(replaceable), detector);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new LossDetectingEnumerator(
        kafka.createEnumerator(context), context, settings, clients(), Optional.empty());
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    return new LossDetectingEnumerator(
        kafka.restoreEnumerator(context, subscribed(state)),
        context,
        settings,
        clients(),
        Optional.of(subscribed(state)));
  }

  /**
   * Leaves out the topics that are no longer read, as the readers do: if they are read again later,
   * Flink's enumerator has to assign them again.
   */
  private KafkaSourceEnumState subscribed(KafkaSourceEnumState state) {
    return new KafkaSourceEnumState(
        subscribed(state.assignedSplits()),
        subscribed(state.unassignedSplits()),
        state.initialDiscoveryFinished());
  }

  private List<KafkaPartitionSplit> subscribed(Collection<KafkaPartitionSplit> splits) {
    return splits.stream().filter(split -> settings.topics().contains(split.getTopic())).toList();
  }

  private InputClients clients() {
    return new InputClients(consumer);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new TrackedSplitSerializer(kafka.getSplitSerializer());
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return kafka.getProducedType();
  }

  @Override
  public LineageVertex getLineageVertex() {
    return kafka.getLineageVertex();
  }
}
