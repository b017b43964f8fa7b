package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A column's value as plain text in UTF-8, for a key of one column: {@code 42}, {@code 19.90},
 * {@code 2026-11-23T10:15:00Z}. Binary columns are taken as they are.
 */
@FunctionalInterface
interface KeyTextEncoder extends Serializable {
  /** The text of a value, which is not null, in Flink's internal form for its type. */
  byte[] of(Object value);

  /**
   * The way to write values of {@code type}.
   *
   * @throws InvalidOptionsException if such a value has no plain text, as a row or an array
   */
  static KeyTextEncoder forType(String column, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> value -> ((StringData) value).toBytes();
      case BINARY, VARBINARY -> value -> (byte[]) value;
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE ->
          value -> value.toString().getBytes(UTF_8);
      case DECIMAL -> value -> ((DecimalData) value).toBigDecimal().toPlainString().getBytes(UTF_8);
      case DATE -> value -> LocalDate.ofEpochDay((int) value).toString().getBytes(UTF_8);
      case TIME_WITHOUT_TIME_ZONE ->
          value ->
              DateTimeFormatter.ISO_LOCAL_TIME
                  .format(LocalTime.ofNanoOfDay((int) value * 1_000_000L))
                  .getBytes(UTF_8);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          value ->
              DateTimeFormatter.ISO_LOCAL_DATE_TIME
                  .format(((TimestampData) value).toLocalDateTime())
                  .getBytes(UTF_8);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          value -> ((TimestampData) value).toInstant().toString().getBytes(UTF_8);
      default ->
          throw new InvalidOptionsException(
              List.of(
                  new OptionProblem(
                      KafkaOutputOptions.PARTITION_KEY.key(),
                      "column '%s' is of type %s, which has no plain text; choose another column or CAST it in the query"
                          .formatted(column, type.asSummaryString()))));
    };
  }
}
