package dev.outflow.kafka.error;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be wrong with a record, in the words of Azure Stream Analytics' data errors; they stand
 * in metrics, in the log and in the headers of dead letters.
 */
public enum ErrorCode {
  /** The bytes are not what the format reads. */
  INVALID_DATA("InputDeserializerError.InvalidData", Stage.INPUT),
  /** A value that its column's type does not have. */
  INPUT_TYPE_CONVERSION("InputDeserializerError.TypeConversionError", Stage.INPUT),
  /** A column that is {@code NOT NULL} has no value. */
  MISSING_COLUMNS("InputDeserializerError.MissingColumns", Stage.INPUT),
  /** What has to stand before the data, as the id of a schema, is not there. */
  INVALID_HEADER("InputDeserializerError.InvalidHeader", Stage.INPUT),
  /** The column of {@code event-time} has no time. */
  INVALID_INPUT_TIME("InvalidInputTimeStamp", Stage.INPUT),

  /** Event time is behind arrival by more than {@code event-time.late}. */
  LATE_INPUT("LateInputEvent", Stage.ORDERING),
  /** Event time is more than 5 min ahead of arrival. */
  EARLY_INPUT("EarlyInputEvent", Stage.ORDERING),
  /** Event time is behind that of its partition by more than {@code event-time.out-of-order}. */
  OUT_OF_ORDER("OutOfOrderEvent", Stage.ORDERING),

  /** A column without which Kafka does not take the record has no value. */
  REQUIRED_COLUMN_MISSING("OutputDataConversionError.RequiredColumnMissing", Stage.OUTPUT),
  /** A name that the format cannot carry. */
  COLUMN_NAME_INVALID("OutputDataConversionError.ColumnNameInvalid", Stage.OUTPUT),
  /** A value that the format cannot write. */
  OUTPUT_TYPE_CONVERSION("OutputDataConversionError.TypeConversionError", Stage.OUTPUT),
  /** More bytes than the producer or the topic take. */
  SIZE_LIMIT("OutputDataConversionError.RecordExceededSizeLimit", Stage.OUTPUT),
  /** Two columns of one name. */
  DUPLICATE_KEY("OutputDataConversionError.DuplicateKey", Stage.OUTPUT);

  /** Where on a record's way it can be found. */
  public enum Stage {
    INPUT,
    ORDERING,
    OUTPUT
  }

  private final String name;
  private final Stage stage;

  ErrorCode(String name, Stage stage) {
    this.name = name;
    this.stage = stage;
  }

  /** All that can be found at {@code stage}. */
  public static Set<ErrorCode> of(Stage stage) {
    return Arrays.stream(values())
        .filter(code -> code.stage == stage)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ErrorCode.class)));
  }

  /** The one that is written so. */
  public static ErrorCode named(String written) {
    return Arrays.stream(values())
        .filter(code -> code.name.equals(written))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("there is no code '" + written + "'"));
  }

  /** As Azure Stream Analytics writes it. */
  @Override
  public String toString() {
    return name;
  }
}
