package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.util.List;
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

/** Which column is blamed for a row that cannot be serialized. */
class FaultyColumnFinderTest {
  private static final DataType ROW =
      DataTypes.ROW(
              DataTypes.FIELD("id", DataTypes.INT()),
              DataTypes.FIELD("name", DataTypes.STRING()),
              DataTypes.FIELD(
                  "place", DataTypes.ROW(DataTypes.FIELD("zip", DataTypes.INT().notNull()))))
          .notNull();

  @Test
  void findsTheColumnThatCannotBeSerialized() throws Exception {
    RecordProblem problem = problem(ROW, row(2, "Bob", null));

    assertThat(problem.code()).isEqualTo(ErrorCode.OUTPUT_TYPE_CONVERSION);
    assertThat(problem.column()).contains("place");
    assertThat(problem.message())
        .isEqualTo(
            "avro cannot serialize this value of type ROW<`zip` INT NOT NULL>; change it in the query");
    assertThat(problem.toString()).doesNotContain("Bob");
  }

  @Test
  void findsTheColumnAmongRequiredColumns() throws Exception {
    DataType required =
        DataTypes.ROW(
                DataTypes.FIELD("id", DataTypes.INT().notNull()),
                DataTypes.FIELD("name", DataTypes.STRING()),
                DataTypes.FIELD(
                    "place", DataTypes.ROW(DataTypes.FIELD("zip", DataTypes.INT().notNull()))))
            .notNull();

    assertThat(problem(required, row(2, "Bob", null)).column()).contains("place");
  }

  private static RecordProblem problem(DataType type, RowData row) throws Exception {
    SerializationSchema<RowData> format =
        new ReopeningSerializer(
            new AvroRowDataSerializationSchema(
                (RowType) type.getLogicalType(), AvroEncoding.BINARY, false));
    format.open(null);
    try {
      format.serialize(row);
    } catch (RowSerializationException e) {
      return new FaultyColumnFinder("avro", RowSchema.of(type), List.of()).problem(row, e, format);
    }
    throw new AssertionError("the row can be serialized");
  }

  private static RowData row(int id, String name, Integer zip) {
    return GenericRowData.of(id, StringData.fromString(name), GenericRowData.of(zip));
  }
}
