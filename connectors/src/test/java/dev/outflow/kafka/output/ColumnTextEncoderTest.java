package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outflow.option.InvalidOptionsException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTextEncoderTest {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(DataTypes.STRING(), StringData.fromString("Zoë 😀"), "Zoë 😀"),
        Arguments.of(DataTypes.STRING(), StringData.fromString(""), ""),
        Arguments.of(DataTypes.BOOLEAN(), true, "true"),
        Arguments.of(DataTypes.TINYINT(), (byte) -3, "-3"),
        Arguments.of(DataTypes.BIGINT(), 9_007_199_254_740_993L, "9007199254740993"),
        Arguments.of(DataTypes.DOUBLE(), 0.1, "0.1"),
        Arguments.of(
            DataTypes.DECIMAL(20, 9),
            DecimalData.fromBigDecimal(new BigDecimal("0.000000001"), 20, 9),
            "0.000000001"),
        Arguments.of(DataTypes.DATE(), (int) LocalDate.of(2026, 11, 23).toEpochDay(), "2026-11-23"),
        Arguments.of(DataTypes.TIME(0), 36_900_000, "10:15:00"),
        Arguments.of(
            DataTypes.TIMESTAMP(3),
            TimestampData.fromLocalDateTime(LocalDateTime.of(2026, 11, 23, 10, 15)),
            "2026-11-23T10:15:00"),
        Arguments.of(
            DataTypes.TIMESTAMP_LTZ(3),
            TimestampData.fromInstant(Instant.parse("2026-11-23T10:15:00.250Z")),
            "2026-11-23T10:15:00.25Z"),
        Arguments.of(
            DataTypes.TIMESTAMP_LTZ(9),
            TimestampData.fromInstant(Instant.parse("2026-11-23T10:15:00.123456700Z")),
            "2026-11-23T10:15:00.1234567Z"),
        Arguments.of(
            DataTypes.TIMESTAMP(3),
            TimestampData.fromLocalDateTime(LocalDateTime.parse("2026-11-23T10:15:00.120")),
            "2026-11-23T10:15:00.12"),
        Arguments.of(
            DataTypes.TIMESTAMP_LTZ(3),
            TimestampData.fromInstant(Instant.parse("2026-11-23T10:15:00Z")),
            "2026-11-23T10:15:00Z"),
        Arguments.of(DataTypes.TIME(3), 36_900_250, "10:15:00.25"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void encodesValuesAsPlainText(DataType type, Object value, String text) {
    byte[] encoded =
        ColumnTextEncoder.forType("partition-key", "k", type.getLogicalType()).encode(value);

    assertThat(new String(encoded, UTF_8)).isEqualTo(text);
  }

  @Test
  void keepsBytesUnchanged() {
    byte[] key = {0, -1, 127};

    assertThat(
            ColumnTextEncoder.forType("partition-key", "k", DataTypes.BYTES().getLogicalType())
                .encode(key))
        .isEqualTo(key);
  }

  @Test
  void rejectsColumnsWithoutPlainText() {
    DataType row = DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()));

    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () -> ColumnTextEncoder.forType("partition-key", "customer", row.getLogicalType()))
        .withMessageContaining("partition-key: column 'customer' has type ROW<`a` INT>");
  }
}
