package dev.outflow.kafka.transaction;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * A {@link KafkaSink} that never loses a transaction silently.
 *
 * <p>{@code KafkaSink} drops a transaction whose commit Kafka rejects, with the same log line if it
 * was already committed, as after any recovery, or aborted, which loses its records. This sink
 * stores with each transaction what is needed to distinguish the two (docs/decisions/0010).
 *
 * @param <T> the type of records
 */
public final class LossDetectingSink<T>
    implements Sink<T>,
        SupportsWriterState<T, KafkaWriterState>,
        SupportsCommitter<CommittableWithOrigin>,
        SupportsPostCommitTopology<CommittableWithOrigin>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  /** The timeout of each request that looks up the outcome of a transaction. */
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(30);

  private final DeliveryGuarantee guarantee;
  private final TransactionSettings settings;
  private final Properties producer;
  private final KafkaRecordSerializationSchema<T> serializer;

  /** {@code producer} are the Kafka producer's properties. */
  public LossDetectingSink(
      DeliveryGuarantee guarantee,
      TransactionSettings settings,
      Properties producer,
      KafkaRecordSerializationSchema<T> serializer) {
    this.guarantee = guarantee;
    this.settings = settings;
    this.producer = producer;
    this.serializer = serializer;
  }

  @Override
  public LossDetectingWriter<T> createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  /**
   * {@inheritDoc}
   *
   * @throws ExactlyOnceException if the broker's limits and the job's checkpoint settings are
   *     incompatible
   */
  @Override
  public LossDetectingWriter<T> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
    reportCheckpointInterval(context);
    WriteFailures failures = WriteFailures.of(settings.alias(), producer);
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      StatefulSinkWriter<T, KafkaWriterState> plain =
          sink(guarantee, producer)
              .createWriter(new TrackingInitContext(context, failures, Optional.empty()));
      return new LossDetectingWriter<>(plain, Optional.empty(), failures, latency(context));
    }
    TransactionalWriterSetup setup =
        TransactionalWriterSetup.prepare(settings, producer, context, states);
    Optional<TransactionTracker> tracker = Optional.of(setup.tracker());
    StatefulSinkWriter<T, KafkaWriterState> writer =
        sink(guarantee, setup.producer())
            .restoreWriter(new TrackingInitContext(context, failures, tracker), states);
    return new LossDetectingWriter<>(writer, tracker, failures, latency(context));
  }

  /** For every guarantee, because the alert for overdue checkpoints needs it. */
  private void reportCheckpointInterval(WriterInitContext context) {
    long interval = settings.checkpoints().interval().toMillis();
    if (interval > 0) {
      context.metricGroup().gauge("checkpoint-interval-ms", () -> interval);
    }
  }

  private static Histogram latency(WriterInitContext context) {
    return context.metricGroup().histogram("write-latency-ms", new SlidingWindowHistogram());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Commits with every guarantee: the restored checkpoint can contain transactions from when it
   * was exactly-once.
   */
  @Override
  public Committer<CommittableWithOrigin> createCommitter(CommitterInitContext context) {
    ClusterCommitters clusters =
        new ClusterCommitters(
            new KafkaClientFactory(producer, LOOKUP_TIMEOUT),
            (properties, name) ->
                sink(
                        DeliveryGuarantee.EXACTLY_ONCE,
                        properties,
                        settings.transactionalIdPrefix() + name)
                    .createCommitter(context));
    return new LossDetectingCommitter(
        settings, clusters, new CommitMetrics(context.metricGroup(), Clock.systemUTC()));
  }

  @Override
  public SimpleVersionedSerializer<CommittableWithOrigin> getCommittableSerializer() {
    return new CommittableWithOrigin.Serializer(
        sink(guarantee, producer).getCommittableSerializer());
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink(guarantee, producer).getWriterStateSerializer();
  }

  /**
   * {@inheritDoc} As in KafkaSink: keeps writer and committer of a subtask in one process, because
   * they share producers.
   */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // Uses the stream's graph only, never its elements.
  public void addPostCommitTopology(
      DataStream<CommittableMessage<CommittableWithOrigin>> committed) {
    sink(guarantee, producer)
        .addPostCommitTopology(
            (DataStream<CommittableMessage<KafkaCommittable>>) (DataStream) committed);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return sink(guarantee, producer).getLineageVertex();
  }

  private KafkaSink<T> sink(DeliveryGuarantee actual, Properties properties) {
    return sink(actual, properties, settings.transactionalIdPrefix());
  }

  private KafkaSink<T> sink(DeliveryGuarantee actual, Properties properties, String prefix) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(actual)
        .setTransactionalIdPrefix(prefix)
        .setTransactionNamingStrategy(settings.naming().flink())
        .setRecordSerializer(serializer)
        .build();
  }
}
