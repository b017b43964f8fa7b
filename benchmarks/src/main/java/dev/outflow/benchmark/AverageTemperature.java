package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The window aggregation of the hand-written job. */
final class AverageTemperature
    implements AggregateFunction<Reading, AverageTemperature.Sum, AverageTemperature.Sum> {
  private static final long serialVersionUID = 1;

  /** The accumulator. */
  record Sum(long readings, double temperature) {}

  /** A row of the result. */
  record Row(String device, long begun, long readings, double average) {}

  @Override
  public Sum createAccumulator() {
    return new Sum(0, 0);
  }

  @Override
  public Sum add(Reading reading, Sum sum) {
    return new Sum(sum.readings() + 1, sum.temperature() + reading.temperature());
  }

  @Override
  public Sum getResult(Sum sum) {
    return sum;
  }

  @Override
  public Sum merge(Sum one, Sum other) {
    return new Sum(one.readings() + other.readings(), one.temperature() + other.temperature());
  }

  /** Adds device and window to the result. */
  static final class WithWindow extends ProcessWindowFunction<Sum, Row, String, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(String device, Context context, Iterable<Sum> sums, Collector<Row> out) {
      Sum sum = sums.iterator().next();
      out.collect(
          new Row(
              device,
              context.window().getStart(),
              sum.readings(),
              sum.temperature() / sum.readings()));
    }
  }

  /** Serializes a row with the device as key. */
  static final class Serializer implements KafkaRecordSerializationSchema<Row> {
    private static final long serialVersionUID = 1;

    private final String topic;
    private final Format format;
    private transient ReadingCodec codec;

    Serializer(String topic, Format format) {
      this.topic = topic;
      this.format = format;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
      codec = format.codec();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row row, KafkaSinkContext sink, Long time) {
      try {
        return new ProducerRecord<>(
            topic,
            null,
            time,
            row.device().getBytes(UTF_8),
            codec.window(row.device(), row.begun(), row.readings(), row.average()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
