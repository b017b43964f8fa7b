package dev.outflow.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.ReadRows;
import java.math.BigDecimal;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRecordReaderTest {
  private static final int BLOCKS = 20_000;

  @ParameterizedTest
  @ValueSource(strings = {"a", "other"})
  @Timeout(30) // Takes minutes and gigabytes if each block can declare as many elements as bytes.
  void rejectsArraysWithMoreElementsThanBytes(String column) {
    Schema empty = SchemaBuilder.record("e").fields().endRecord();
    Schema written =
        SchemaBuilder.record("r")
            .fields()
            .name("a")
            .type(SchemaBuilder.array().items(empty))
            .noDefault()
            .endRecord();
    AvroOutput blocks = new AvroOutput();
    for (int left = BLOCKS; left > 0; left--) {
      blocks.writeInt(left);
    }
    blocks.writeInt(0);

    DataType array = DataTypes.ARRAY(DataTypes.ROW(DataTypes.FIELD("n", DataTypes.INT())));

    ReadRows read =
        read(written, DataTypes.ROW(DataTypes.FIELD(column, array)), blocks.toByteArray());

    assertThat(read.rows()).isEmpty();
    assertThat(read.texts()).singleElement().asString().startsWith("1 MALFORMED -: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {50_000_000, Integer.MAX_VALUE})
  @Timeout(30) // Takes minutes if the value is divided by a power of ten.
  void rejectsADecimalOfAnyScaleQuickly(int scale) {
    DataType column = DataTypes.DECIMAL(5, 2);

    assertThat(decimal(1, scale, column).texts())
        .containsExactly(
            "1 CONVERSION d: a number with more than 2 digits after the decimal point is not a valid DECIMAL(5, 2)");
    assertThat(decimal(0, scale, column).rows())
        .containsExactly(GenericRowData.of(DecimalData.zero(5, 2)));
  }

  @Test
  void readsDecimalsOfFewBits() {
    BigDecimal least = new BigDecimal("-0.01");

    assertThat(decimal(-1, 2, DataTypes.DECIMAL(38, 2)).rows())
        .containsExactly(GenericRowData.of(DecimalData.fromBigDecimal(least, 38, 2)));
    assertThat(decimal(-10, 3, DataTypes.DECIMAL(5, 2)).rows())
        .containsExactly(GenericRowData.of(DecimalData.fromBigDecimal(least, 5, 2)));
  }

  private static ReadRows decimal(long unscaled, int scale, DataType column) {
    Schema decimal =
        LogicalTypes.decimal(Integer.MAX_VALUE, scale)
            .addToSchema(SchemaBuilder.builder().bytesType());
    AvroOutput value = new AvroOutput();
    value.writeUnscaled(unscaled);
    return read(
        SchemaBuilder.record("r").fields().name("d").type(decimal).noDefault().endRecord(),
        DataTypes.ROW(DataTypes.FIELD("d", column)),
        value.toByteArray());
  }

  private static ReadRows read(Schema written, DataType columns, byte[] message) {
    ReadRows rows = new ReadRows();
    new AvroRecordReader(AvroFormat.NAME, written, (RowType) columns.getLogicalType())
        .read(message, 0, rows);
    return rows;
  }
}
