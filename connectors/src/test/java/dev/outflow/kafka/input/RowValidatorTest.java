package dev.outflow.kafka.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class RowValidatorTest {
  private static final TimestampData TIME = TimestampData.fromEpochMillis(0);
  private static final RowType COLUMNS =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("placed_at", DataTypes.TIMESTAMP_LTZ(3)),
                  DataTypes.FIELD("note", DataTypes.STRING()))
              .getLogicalType();

  private final RowValidator validator = RowValidator.of(COLUMNS, Optional.of("placed_at"));

  @Test
  void acceptsNullOnlyInNullableColumnsOtherThanTheEventTime() {
    assertThat(validator.check(GenericRowData.of(1L, TIME, null))).isNull();
    assertThat(validator.check(GenericRowData.of(null, TIME, null)))
        .hasToString(
            "InputDeserializerError.MissingColumns: column 'id': is null but declared NOT NULL");
    assertThat(validator.check(GenericRowData.of(1L, null, null)))
        .hasToString("InvalidInputTimeStamp: column 'placed_at': the event time is null");
  }

  @Test
  void acceptsNullInEachNullableColumnWithoutAnEventTime() {
    assertThat(RowValidator.of(COLUMNS, Optional.empty()).check(GenericRowData.of(1L, null, null)))
        .isNull();
  }

  @Test
  void changesTheCodeOfAConversionErrorOnlyForTheEventTime() {
    RecordProblem ofTime = conversion("placed_at");
    RecordProblem ofAnother = conversion("note");

    assertThat(validator.withTimeCode(ofTime).code()).isEqualTo(ErrorCode.INVALID_INPUT_TIME);
    assertThat(validator.withTimeCode(ofTime).details()).isEqualTo("details");
    assertThat(validator.withTimeCode(ofAnother)).isEqualTo(ofAnother);
  }

  private static RecordProblem conversion(String column) {
    return new RecordProblem(
        ErrorCode.INPUT_TYPE_CONVERSION, Optional.of(column), "message", "details");
  }
}
