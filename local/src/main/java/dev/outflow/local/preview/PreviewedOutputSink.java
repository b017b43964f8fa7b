package dev.outflow.local.preview;

import dev.outflow.kafka.error.BadRecordException;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Passes the records that an output would write to a {@link PreviewFeed}.
 *
 * @param serializer reports a bad row by a {@link BadRecordException}
 */
record PreviewedOutputSink(
    String feed, String alias, KafkaRecordSerializationSchema<RowData> serializer)
    implements Sink<RowData> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
    PreviewFeed preview = PreviewFeed.of(feed);
    try {
      serializer.open(context.asSerializationSchemaInitializationContext(), OnePartition.INSTANCE);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // Declared for formats.
      throw new IOException(e);
    }
    preview.output(alias).open();
    return new Writer(preview);
  }

  /** Partitions are not shown, so that no producer has to ask for them. */
  private enum OnePartition implements KafkaRecordSerializationSchema.KafkaSinkContext {
    INSTANCE;

    @Override
    public int getParallelInstanceId() {
      return 0;
    }

    @Override
    public int getNumberOfParallelInstances() {
      return 1;
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
      return new int[] {0};
    }
  }

  private final class Writer implements SinkWriter<RowData> {
    private final PreviewFeed preview;

    Writer(PreviewFeed preview) {
      this.preview = preview;
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
      ProducerRecord<byte[], byte[]> record;
      try {
        record = serializer.serialize(row, OnePartition.INSTANCE, context.timestamp());
      } catch (BadRecordException e) {
        preview.output(alias).bad();
        preview.put(new PreviewEvent.BadRow(alias, e.problem().orElseThrow()));
        return;
      }
      if (record != null) {
        preview.output(alias).row();
        preview.put(new PreviewEvent.Written(alias, row.getRowKind(), record));
      }
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
