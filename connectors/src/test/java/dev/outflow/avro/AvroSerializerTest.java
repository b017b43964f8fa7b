package dev.outflow.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.format.RandomRows;
import dev.outflow.format.RandomTypes;
import dev.outflow.format.reader.ReadRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.AvroRowDataSerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Writes the same records as Flink's format, and what the reader reads back. */
class AvroSerializerTest {
  private static final long SEED = Long.getLong("seed", 20_261_129);
  private static final int TYPES = 300;
  private static final int ROWS = 10;

  private final Random random = new Random(SEED);

  @Test
  void writesTheSameRecordsAsFlink() throws Exception {
    int written = 0;
    int rejected = 0;
    for (int at = 0; at < TYPES; at++) {
      RowType type = RandomTypes.forAvro(random).row();
      Optional<Schema> schema = AvroFormat.schema(type, false);
      if (schema.isEmpty() || hasMicroseconds(type)) {
        continue;
      }
      AvroSerializer ours = open(schema.get(), type);
      RandomRows rows = new RandomRows(random, true);
      for (int row = 0; row < ROWS; row++) {
        RowData value = rows.row(type);
        byte[] expected = flink(type, value);
        if (expected == null) {
          assertThatThrownBy(() -> ours.serialize(value)).as("%s", type).isNotNull();
          rejected++;
        } else {
          byte[] actual = ours.serialize(value);
          assertThat(actual).as("%s", type).hasSameSizeAs(expected);
          assertThat(record(schema.get(), actual)).isEqualTo(record(schema.get(), expected));
          written++;
        }
      }
    }
    assertThat(written).isGreaterThan(TYPES);
    assertThat(rejected).isPositive();
  }

  /** Above milliseconds, Flink writes another value than its schema says. */
  private static boolean hasMicroseconds(LogicalType type) {
    return type.is(LogicalTypeFamily.TIMESTAMP)
        ? LogicalTypeChecks.getPrecision(type) > 3
        : type.getChildren().stream().anyMatch(AvroSerializerTest::hasMicroseconds);
  }

  /** Returns null if Flink rejects the row. */
  private static byte[] flink(RowType type, RowData value) throws Exception {
    RowType present = (RowType) type.copy(false);
    SerializationSchema<RowData> flink =
        new AvroRowDataSerializationSchema(present, AvroEncoding.BINARY, false);
    flink.open(null);
    try {
      return flink.serialize(value);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Maps have no order. */
  private static Object record(Schema schema, byte[] message) throws IOException {
    return new SingleRecordReader().read(new GenericDatumReader<>(schema), message, 0);
  }

  @Test
  void readsBackWhatItWrites() throws Exception {
    int compared = 0;
    for (int at = 0; at < TYPES; at++) {
      RowType type = RandomTypes.forAvro(random).row();
      Optional<Schema> schema = AvroFormat.schema(type, false);
      if (schema.isEmpty()) {
        continue;
      }
      AvroSerializer ours = open(schema.get(), type);
      AvroRecordReader reader = new AvroRecordReader("avro", schema.get(), type);
      RandomRows rows = new RandomRows(random, false);
      for (int row = 0; row < ROWS; row++) {
        ReadRows once = read(reader, ours.serialize(rows.row(type)));
        if (once.problems().isEmpty()) { // Some texts are too long.
          assertThat(read(reader, ours.serialize(once.rows().get(0)))).isEqualTo(once);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(TYPES);
  }

  private static ReadRows read(AvroRecordReader reader, byte[] message) {
    ReadRows read = new ReadRows();
    reader.read(message, 0, read);
    return read;
  }

  @Test
  void writesMicroseconds() throws Exception {
    RowType type = row(DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(6).notNull()));
    RowData value = GenericRowData.of(TimestampData.fromEpochMillis(1_795_428_900_123L, 456_789));

    byte[] message = open(AvroFormat.schema(type, false).orElseThrow(), type).serialize(value);

    Schema schema = AvroFormat.schema(type, false).orElseThrow();
    assertThat(schema.getField("at").schema().getLogicalType().getName())
        .isEqualTo("timestamp-micros");
    assertThat(record(schema, message)).hasToString("{\"at\": 1795428900123456}");
  }

  @Test
  void continuesAfterARowThatItRejects() throws Exception {
    RowType type =
        row(
            DataTypes.FIELD("a", DataTypes.STRING()),
            DataTypes.FIELD("n", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
            DataTypes.FIELD("b", DataTypes.INT().notNull()));
    AvroSerializer ours = open(AvroFormat.schema(type, false).orElseThrow(), type);
    RowData good = GenericRowData.of(StringData.fromString("a"), null, 7);
    byte[] expected = ours.serialize(good);
    Map<Object, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);

    for (RowData bad :
        List.of(
            GenericRowData.of(StringData.fromString("b"), null, null),
            GenericRowData.of(null, new GenericMapData(nullKey), 7))) {
      assertThatThrownBy(() -> ours.serialize(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThat(ours.serialize(good)).isEqualTo(expected);
    }
  }

  private static AvroSerializer open(Schema schema, RowType type) throws Exception {
    AvroSerializer serializer = InstantiationUtil.clone(new AvroSerializer(schema, type));
    serializer.open(null);
    return serializer;
  }

  private static RowType row(DataTypes.Field... fields) {
    return (RowType) DataTypes.ROW(fields).getLogicalType();
  }
}
