package dev.outflow.kafka.ordering;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Adds to each row of another deserializer the partition that it was read from. */
public final class PartitionTaggingDeserializer
    implements KafkaRecordDeserializationSchema<Tuple2<String, RowData>> {
  private static final long serialVersionUID = 1L;

  private final KafkaRecordDeserializationSchema<RowData> rows;
  private final PartitionNames names = new PartitionNames();

  /** Wraps the deserializer of the rows. */
  public PartitionTaggingDeserializer(KafkaRecordDeserializationSchema<RowData> rows) {
    this.rows = rows;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    rows.open(context);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<String, RowData>> out)
      throws IOException {
    rows.deserialize(record, new WithPartition(names.of(record), out));
  }

  @Override
  public TypeInformation<Tuple2<String, RowData>> getProducedType() {
    return Types.TUPLE(Types.STRING, rows.getProducedType());
  }

  private record WithPartition(String partition, Collector<Tuple2<String, RowData>> out)
      implements Collector<RowData> {
    @Override
    public void collect(RowData row) {
      out.collect(Tuple2.of(partition, row));
    }

    @Override
    public void close() {
      out.close();
    }
  }
}
