package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.AvroRowDataSerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReopeningSerializerTest {
  private static final DataType ROW =
      DataTypes.ROW(
              DataTypes.FIELD("id", DataTypes.INT()),
              DataTypes.FIELD("name", DataTypes.STRING()),
              DataTypes.FIELD(
                  "place", DataTypes.ROW(DataTypes.FIELD("zip", DataTypes.INT().notNull()))))
          .notNull();

  @ParameterizedTest
  @EnumSource(AvroEncoding.class)
  void writesNothingOfAFailedRowWithTheNextOne(AvroEncoding encoding) throws Exception {
    SerializationSchema<RowData> format = opened(avro(ROW, encoding));
    byte[] good = format.serialize(row(1, "Ann", 8000));

    assertThatExceptionOfType(RowSerializationException.class)
        .isThrownBy(() -> format.serialize(row(2, "Bob", null)));

    assertThat(format.serialize(row(1, "Ann", 8000))).isEqualTo(good);
  }

  @Test
  void rethrowsOutOfMemoryErrors() {
    ReopeningSerializer format =
        new ReopeningSerializer(
            row -> {
              throw new IllegalStateException("row", new OutOfMemoryError("no more"));
            });

    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> format.serialize(row(1, "", 1)));
  }

  private static SerializationSchema<RowData> avro(DataType type, AvroEncoding encoding) {
    return new AvroRowDataSerializationSchema((RowType) type.getLogicalType(), encoding, false);
  }

  private static SerializationSchema<RowData> opened(SerializationSchema<RowData> format)
      throws Exception {
    SerializationSchema<RowData> fresh = new ReopeningSerializer(format);
    fresh.open(null);
    return fresh;
  }

  private static RowData row(int id, String name, Integer zip) {
    return GenericRowData.of(id, StringData.fromString(name), GenericRowData.of(zip));
  }
}
