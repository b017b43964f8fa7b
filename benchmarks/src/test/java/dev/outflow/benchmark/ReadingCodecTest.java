package dev.outflow.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.AvroRowDataSerializationSchema;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.csv.CsvRowDataSerializationSchema;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.formats.json.JsonRowDataSerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hand-written job writes the same bytes as Flink's formats, so the comparison is fair. */
class ReadingCodecTest {
  private static final RowType OUTPUT =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT()),
                  DataTypes.FIELD("device", DataTypes.STRING()),
                  DataTypes.FIELD("temperature", DataTypes.DOUBLE()),
                  DataTypes.FIELD("sent", DataTypes.TIMESTAMP_LTZ(3)),
                  DataTypes.FIELD("note", DataTypes.STRING()))
              .notNull()
              .getLogicalType();

  @ParameterizedTest
  @EnumSource
  void writesTheBytesOfFlinksFormat(Format format) throws Exception {
    RandomReadings readings = new RandomReadings(Workload.BASE);
    SerializationSchema<RowData> flink = flink(format);
    flink.open(null);
    ReadingCodec codec = format.codec();
    for (int i = 0; i < 2000; i++) {
      Reading reading = readings.next();
      assertThat(new String(codec.output(reading), ISO_8859_1))
          .isEqualTo(new String(flink.serialize(row(reading)), ISO_8859_1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesTheEncodedInput(Format format) throws Exception {
    Reading reading = new RandomReadings(Workload.BASE).next();
    ReadingCodec codec = format.codec();
    assertThat(codec.read(codec.input(reading)))
        .usingRecursiveComparison()
        .ignoringFields("region")
        .isEqualTo(reading);
  }

  private static SerializationSchema<RowData> flink(Format format) {
    return switch (format) {
      case JSON ->
          new JsonRowDataSerializationSchema(
              OUTPUT, TimestampFormat.ISO_8601, MapNullKeyMode.FAIL, "null", true, false);
      case CSV -> new CsvRowDataSerializationSchema.Builder(OUTPUT).build();
      case AVRO -> new AvroRowDataSerializationSchema(OUTPUT, AvroEncoding.BINARY, false);
    };
  }

  private static RowData row(Reading reading) {
    return GenericRowData.of(
        reading.id(),
        StringData.fromString(reading.device()),
        reading.temperature(),
        TimestampData.fromEpochMillis(reading.sent()),
        StringData.fromString(reading.note()));
  }
}
