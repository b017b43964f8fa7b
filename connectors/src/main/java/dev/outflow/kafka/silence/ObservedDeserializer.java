package dev.outflow.kafka.silence;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reports each record after its rows were passed on to the watermark generator. */
final class ObservedDeserializer<T> implements KafkaRecordDeserializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final KafkaRecordDeserializationSchema<T> deserializer;
  private final SilentPartitions silent;

  ObservedDeserializer(KafkaRecordDeserializationSchema<T> deserializer, SilentPartitions silent) {
    this.deserializer = deserializer;
    this.silent = silent;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    deserializer.open(context);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out)
      throws IOException {
    SubtaskProgress progress = silent.progress();
    progress.emitting(record);
    deserializer.deserialize(record, out);
    progress.emitted(record, System.currentTimeMillis());
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return deserializer.getProducedType();
  }
}
