package dev.outflow.benchmark;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.RowConsumer;
import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.option.PrefixedOptions;
import dev.outflow.values.ValueReaders;
import dev.outflow.values.ValueWriters;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The time to read and to write a value, with Outflow's implementation and Flink's: seven columns,
 * among them a timestamp and a decimal; about 200 bytes as JSON.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ValuesBenchmark {
  private static final int RECORDS = 1000;
  private static final DataType COLUMNS =
      DataTypes.ROW(
          DataTypes.FIELD("id", DataTypes.BIGINT()),
          DataTypes.FIELD("device", DataTypes.STRING()),
          DataTypes.FIELD("temperature", DataTypes.DOUBLE()),
          DataTypes.FIELD("sent", DataTypes.TIMESTAMP_LTZ(3)),
          DataTypes.FIELD("amount", DataTypes.DECIMAL(10, 2)),
          DataTypes.FIELD("region", DataTypes.STRING()),
          DataTypes.FIELD("note", DataTypes.STRING()));

  @Param({"json", "csv", "avro"})
  String format;

  @Param({"streaming", "flink"})
  String implementation;

  private final RowData[] rows = new RowData[RECORDS];
  private final byte[][] values = new byte[RECORDS][];
  private SerializationSchema<RowData> writer;
  private DeserializationSchema<RowData> flinkReader;
  private MessageReader reader;

  @Setup
  public void open() throws Exception {
    Map<String, String> options =
        new HashMap<>(FormatDefaults.addTo(Map.of(FactoryUtil.FORMAT.key(), format)));
    Configuration own = Configuration.fromMap(PrefixedOptions.of(options, format + "."));
    RowType type = (RowType) COLUMNS.notNull().getLogicalType();
    ClassLoader classes = getClass().getClassLoader();
    SerializationSchema<RowData> flink =
        FactoryUtil.discoverFactory(classes, SerializationFormatFactory.class, format)
            .createEncodingFormat(null, own)
            .createRuntimeEncoder(null, COLUMNS.notNull());
    flinkReader =
        FactoryUtil.discoverFactory(classes, DeserializationFormatFactory.class, format)
            .createDecodingFormat(null, own)
            .createRuntimeDecoder(ScanRuntimeProviderContext.INSTANCE, COLUMNS.notNull());
    reader = ValueReaders.find("input 'readings'", format, options, type, false).orElseThrow();
    writer =
        implementation.equals("flink")
            ? flink
            : ValueWriters.serializer(format, options, type, () -> flink);
    writer.open(null);
    flinkReader.open(null);
    reader.open(null);
    Random random = new Random(42);
    for (int at = 0; at < RECORDS; at++) {
      rows[at] = row(random);
      values[at] = writer.serialize(rows[at]);
    }
  }

  private static RowData row(Random random) {
    return GenericRowData.of(
        random.nextLong() >>> 20,
        StringData.fromString("device-%04d".formatted(random.nextInt(100))),
        random.nextInt(10_000) / 100d,
        TimestampData.fromEpochMillis(1_767_225_600_000L + random.nextInt(100_000_000)),
        DecimalData.fromBigDecimal(BigDecimal.valueOf(random.nextInt(1_000_000), 2), 10, 2),
        StringData.fromString("eu-west-1"),
        StringData.fromString("as long as what people write down of a device usually is"));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void write(Blackhole written) {
    for (RowData row : rows) {
      written.consume(writer.serialize(row));
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void read(Blackhole read) throws IOException {
    if (implementation.equals("flink")) {
      for (byte[] value : values) {
        read.consume(flinkReader.deserialize(value));
      }
      return;
    }
    RowConsumer rowConsumer = new BlackholeRows(read);
    for (byte[] value : values) {
      reader.read(value, rowConsumer);
    }
  }

  private record BlackholeRows(Blackhole read) implements RowConsumer {
    @Override
    public void row(RowData row) {
      read.consume(row);
    }

    @Override
    public void invalid(int number, InvalidValueException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
