package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The hand-written job's serializer, with the device as key. */
final class ReadingSerializer implements KafkaRecordSerializationSchema<Reading> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final Format format;
  private transient ReadingCodec codec;

  ReadingSerializer(String topic, Format format) {
    this.topic = topic;
    this.format = format;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
    codec = format.codec();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Reading reading, KafkaSinkContext sink, Long timestamp) {
    try {
      return new ProducerRecord<>(
          topic, null, timestamp, reading.device().getBytes(UTF_8), codec.output(reading));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
