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
 * Flink's {@link KafkaSink} that does not lose a transaction in silence.
 *
 * <p>{@code KafkaSink} drops a transaction whose commit Kafka refuses, with the same log line
 * whether it had been committed already, as after any recovery, or aborted, when its records are
 * gone. Here each transaction is remembered with what is needed to tell the two apart
 * (docs/decisions/0010).
 *
 * @param <T> what is written
 */
public final class LossDetectingSink<T>
    implements Sink<T>,
        SupportsWriterState<T, KafkaWriterState>,
        SupportsCommitter<CommittableWithOrigin>,
        SupportsPostCommitTopology<CommittableWithOrigin>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  /** For each answer of a broker that a lost transaction asks for. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final DeliveryGuarantee guarantee;
  private final TransactionSettings settings;
  private final Properties producer;
  private final KafkaRecordSerializationSchema<T> serializer;

  /** {@code producer} are the properties of Kafka's producer. */
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
   * @throws ExactlyOnceException if the broker's limits and the job's checkpoints do not go
   *     together
   */
  @Override
  public LossDetectingWriter<T> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
    reportCheckpointInterval(context);
    if (guarantee != DeliveryGuarantee.EXACTLY_ONCE) {
      StatefulSinkWriter<T, KafkaWriterState> plain =
          sink(guarantee, producer).createWriter(context);
      return new LossDetectingWriter<>(plain, Optional.empty(), latency(context));
    }
    TransactionalWriterSetup start =
        TransactionalWriterSetup.of(settings, producer, context, states);
    start.check(states);
    StatefulSinkWriter<T, KafkaWriterState> writer =
        sink(guarantee, start.producer()).restoreWriter(start.context(), states);
    return new LossDetectingWriter<>(writer, Optional.of(start.recorder()), latency(context));
  }

  /** Whatever the guarantee: the alert for checkpoints that do not complete compares with it. */
  private void reportCheckpointInterval(WriterInitContext context) {
    long interval = settings.checkpoints().interval().toMillis();
    if (interval > 0) {
      context.metricGroup().gauge("checkpoint-interval-ms", () -> interval);
    }
  }

  private static Histogram latency(WriterInitContext context) {
    return context.metricGroup().histogram("write-latency-ms", new RecentValues());
  }

  /**
   * {@inheritDoc}
   *
   * <p>It commits whatever the guarantee is now: a checkpoint can hold transactions from when it
   * was exactly-once.
   */
  @Override
  public Committer<CommittableWithOrigin> createCommitter(CommitterInitContext context) {
    CommitClusters clusters =
        new CommitClusters(
            new KafkaClients(producer, WAIT),
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
   * As Flink's own sink: writer and committer of a subtask in one process, which share producers.
   */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // It follows the graph and looks at no element.
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

  private KafkaSink<T> sink(DeliveryGuarantee guaranteed, Properties properties) {
    return sink(guaranteed, properties, settings.transactionalIdPrefix());
  }

  private KafkaSink<T> sink(DeliveryGuarantee guaranteed, Properties properties, String prefix) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(guaranteed)
        .setTransactionalIdPrefix(prefix)
        .setTransactionNamingStrategy(settings.naming().flink())
        .setRecordSerializer(serializer)
        .build();
  }
}
