package dev.outflow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/** The peer that an expert writes for one query, with nothing but Flink's DataStream API. */
public final class HandWrittenJob {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HandWrittenJob() {}

  /**
   * The job's settings.
   *
   * @param input the topic to read; unused with a generator
   * @param clients Kafka client properties
   */
  record Settings(
      Workload workload, String input, List<String> outputs, Map<String, String> clients) {
    void write(Path file) throws IOException {
      JSON.writeValue(file.toFile(), this);
    }
  }

  /** Runs the job. Argument: a file with {@link Settings}. */
  public static void main(String... arguments) throws Exception {
    Settings settings = JSON.readValue(Path.of(arguments[0]).toFile(), Settings.class);
    Workload workload = settings.workload();
    Configuration options = new Configuration();
    options.setString("parallelism.default", String.valueOf(workload.parallelism()));
    options.setString(
        "execution.checkpointing.interval", workload.delivery().intervalSeconds() + " s");
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(options);
    flink.getConfig().enableObjectReuse();
    DataStream<Reading> readings = readings(flink, settings);
    for (String output : settings.outputs()) {
      write(readings, settings, output);
    }
    flink.execute("hand-written");
  }

  private static DataStream<Reading> readings(StreamExecutionEnvironment flink, Settings settings) {
    Workload workload = settings.workload();
    if (workload.scenario() == Scenario.GENERATOR) {
      String note = RandomReadings.note(workload);
      return flink.fromSource(
          new DataGeneratorSource<>(
              index -> generated(note), Long.MAX_VALUE, TypeInformation.of(Reading.class)),
          WatermarkStrategy.noWatermarks(),
          "readings");
    }
    KafkaSource<Reading> source =
        KafkaSource.<Reading>builder()
            .setProperties(properties(settings))
            .setTopics(settings.input())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new ReadingDeserializer(workload.format()))
            .build();
    WatermarkStrategy<Reading> watermarks =
        workload.scenario() == Scenario.WINDOW
            ? WatermarkStrategy.<Reading>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                .withTimestampAssigner((reading, kafka) -> reading.sent())
            : WatermarkStrategy.noWatermarks();
    return flink.fromSource(source, watermarks, "readings");
  }

  private static Reading generated(String note) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new Reading(
        random.nextLong(),
        RandomReadings.DEVICE,
        random.nextInt(10_000) / 100d,
        System.currentTimeMillis(),
        note,
        "");
  }

  private static void write(DataStream<Reading> readings, Settings settings, String output) {
    Format format = settings.workload().format();
    switch (settings.workload().scenario()) {
      case GENERATOR ->
          readings.sinkTo(sink(settings, output, new ReadingSerializer(output, format)));
      case FILTER ->
          readings
              .filter(Reading::warm)
              .sinkTo(sink(settings, output, new ReadingSerializer(output, format)));
      case WINDOW ->
          readings
              .keyBy(Reading::device)
              .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
              .aggregate(new AverageTemperature(), new AverageTemperature.WithWindow())
              .sinkTo(sink(settings, output, new AverageTemperature.Serializer(output, format)));
    }
  }

  private static <T> KafkaSink<T> sink(
      Settings settings, String output, KafkaRecordSerializationSchema<T> serializer) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties(settings))
        .setBootstrapServers(settings.clients().get("bootstrap.servers"))
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(
            settings.workload().delivery().exactlyOnce()
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix(output)
        .build();
  }

  private static Properties properties(Settings settings) {
    Properties properties = new Properties();
    properties.putAll(settings.clients());
    return properties;
  }
}
