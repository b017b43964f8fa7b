package dev.outflow.kafka.transaction;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Flink's writer context, which explains failures of the producer and passes the metadata of each
 * written record to the tracker of a transactional writer.
 */
record TrackingInitContext(
    WriterInitContext flink, WriteFailures failures, Optional<TransactionTracker> tracker)
    implements WriterInitContext {

  /** {@inheritDoc} KafkaSink's writer passes Kafka's RecordMetadata. */
  @Override
  @SuppressWarnings("unchecked")
  public <MetaT> Optional<Consumer<MetaT>> metadataConsumer() {
    return tracker.map(consumer -> (Consumer<MetaT>) consumer);
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    return flink.getUserCodeClassLoader();
  }

  @Override
  public MailboxExecutor getMailboxExecutor() {
    return new ExplainingMailbox(flink.getMailboxExecutor(), failures);
  }

  @Override
  public ProcessingTimeService getProcessingTimeService() {
    return flink.getProcessingTimeService();
  }

  @Override
  public SinkWriterMetricGroup metricGroup() {
    return flink.metricGroup();
  }

  @Override
  public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
    return flink.asSerializationSchemaInitializationContext();
  }

  @Override
  public boolean isObjectReuseEnabled() {
    return flink.isObjectReuseEnabled();
  }

  @Override
  public <T> TypeSerializer<T> createInputSerializer() {
    return flink.createInputSerializer();
  }

  @Override
  public OptionalLong getRestoredCheckpointId() {
    return flink.getRestoredCheckpointId();
  }

  @Override
  public JobInfo getJobInfo() {
    return flink.getJobInfo();
  }

  @Override
  public TaskInfo getTaskInfo() {
    return flink.getTaskInfo();
  }
}
