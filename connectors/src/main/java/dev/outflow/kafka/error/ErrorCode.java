package dev.outflow.kafka.error;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a record is bad, named as in Azure Stream Analytics' data errors. Metrics, logs and headers
 * of dead letters contain these names.
 */
public enum ErrorCode {
  /** The bytes are not in the input's format. */
  INVALID_DATA("InputDeserializerError.InvalidData", Stage.INPUT),
  /** A value does not fit its column's type. */
  INPUT_TYPE_CONVERSION("InputDeserializerError.TypeConversionError", Stage.INPUT),
  /** A {@code NOT NULL} column has no value. */
  MISSING_COLUMNS("InputDeserializerError.MissingColumns", Stage.INPUT),
  /** A required header, such as a schema id, is missing or invalid. */
  INVALID_HEADER("InputDeserializerError.InvalidHeader", Stage.INPUT),
  /** The {@code event-time} column has no value. */
  INVALID_INPUT_TIME("InvalidInputTimeStamp", Stage.INPUT),

  /** Event time is more than {@code event-time.late} before arrival. */
  LATE_INPUT("LateInputEvent", Stage.ORDERING),
  /** Event time is more than 5 minutes after arrival. */
  EARLY_INPUT("EarlyInputEvent", Stage.ORDERING),
  /** Event time is more than {@code event-time.out-of-order} behind its partition. */
  OUT_OF_ORDER("OutOfOrderEvent", Stage.ORDERING),

  /** A column that the topic requires, such as the key, has no value. */
  REQUIRED_COLUMN_MISSING("OutputDataConversionError.RequiredColumnMissing", Stage.OUTPUT),
  /** The format does not support a column's name. */
  COLUMN_NAME_INVALID("OutputDataConversionError.ColumnNameInvalid", Stage.OUTPUT),
  /** The format cannot serialize a value. */
  OUTPUT_TYPE_CONVERSION("OutputDataConversionError.TypeConversionError", Stage.OUTPUT),
  /** The record exceeds a size limit of the producer or the topic. */
  SIZE_LIMIT("OutputDataConversionError.RecordExceededSizeLimit", Stage.OUTPUT),
  /** Two columns have the same name. */
  DUPLICATE_KEY("OutputDataConversionError.DuplicateKey", Stage.OUTPUT);

  /** Where errors are detected. */
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

  /** Returns the codes of a stage. */
  public static Set<ErrorCode> of(Stage stage) {
    return Arrays.stream(values())
        .filter(code -> code.stage == stage)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ErrorCode.class)));
  }

  /** Returns the code with this name. */
  public static ErrorCode of(String name) {
    return Arrays.stream(values())
        .filter(code -> code.name.equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown error code '" + name + "'"));
  }

  /** Returns Azure Stream Analytics' name. */
  @Override
  public String toString() {
    return name;
  }
}
