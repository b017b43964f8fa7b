package dev.outflow.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.ReadRows;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
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

  private static ReadRows read(Schema written, DataType columns, byte[] message) {
    ReadRows rows = new ReadRows();
    new AvroRecordReader(AvroFormat.NAME, written, (RowType) columns.getLogicalType())
        .read(message, 0, rows);
    return rows;
  }
}
