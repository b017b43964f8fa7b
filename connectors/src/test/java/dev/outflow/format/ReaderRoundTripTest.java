package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.ReadRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an output writes, an input with the same columns and options reads as the same values. */
class ReaderRoundTripTest {
  private static final long SEED = Long.getLong("seed", 20_261_129);
  private static final int TYPES = 60;
  private static final int ROWS = 8;

  /** A format with options. */
  record Setting(String format, Map<String, String> options) {}

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting("json", Map.of("timestamp-format.standard", "ISO-8601")),
        new Setting("json", Map.of("encode.decimal-as-plain-number", "true")),
        new Setting("json", Map.of("encode.ignore-null-fields", "true")),
        new Setting("csv", Map.of("null-literal", "\\N")),
        new Setting("csv", Map.of("null-literal", "\\N", "field-delimiter", "\\t")),
        new Setting("csv", Map.of("null-literal", "none", "quote-character", "'")),
        new Setting("csv", Map.of("null-literal", "none", "escape-character", "\\")),
        new Setting("csv", Map.of("null-literal", "\\N", "escape-character", "\\")),
        new Setting(
            "csv",
            Map.of("null-literal", "none", "write-bigdecimal-in-scientific-notation", "true")));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void readsWhatIsWritten(Setting setting) throws Exception {
    Random random = new Random(SEED);
    boolean isJson = setting.format().equals("json");
    int compared = 0;
    for (int at = 0; at < TYPES; at++) {
      RandomTypes types = new RandomTypes(random);
      RowType type = isJson ? types.row() : types.flatRow();
      SerializationSchema<RowData> writer = writer(setting, type);
      RandomRows rows = new RandomRows(random, false);
      for (int row = 0; row < ROWS; row++) {
        Optional<RowData> fitting =
            written(writer, rows.row(type)).flatMap(message -> fitting(setting, type, message));
        if (fitting.isPresent()) {
          byte[] message = writer.serialize(fitting.get());
          ReadRows read = ReadRows.of(setting.format(), setting.options(), type, message);
          assertThat(read.texts()).as("%s%n%s", type, new String(message, UTF_8)).isEmpty();
          assertThat(read.rows())
              .as("%s%n%s", type, new String(message, UTF_8))
              .containsExactly(fitting.get());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(TYPES * ROWS / 3);
  }

  /** Returns nothing if the row has half of a surrogate pair, which Flink's CSV rejects. */
  private static Optional<byte[]> written(SerializationSchema<RowData> writer, RowData row) {
    try {
      return Optional.of(writer.serialize(row));
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("surrogate");
      return Optional.empty();
    }
  }

  /** Returns the row, with times cut off; none if one of its random texts is too long. */
  private static Optional<RowData> fitting(Setting setting, RowType type, byte[] message) {
    ReadRows read = ReadRows.of(setting.format(), setting.options(), type, message);
    if (read.problems().isEmpty()) {
      return Optional.of(read.rows().get(0));
    }
    assertThat(read.texts())
        .hasSize(1)
        .first()
        .asString()
        .containsPattern("more than \\d+ (characters|bytes)");
    return Optional.empty();
  }

  @Test
  void readsNullsOfCsvWithoutANullLiteral() throws Exception {
    RowType type = RowType.of(new IntType(), VarCharType.STRING_TYPE);
    Setting setting = new Setting("csv", Map.of());
    byte[] message = writer(setting, type).serialize(GenericRowData.of(null, null));

    assertThat(ReadRows.of("csv", Map.of(), type, message).rows())
        .isEqualTo(List.of(GenericRowData.of(null, StringData.fromString(""))));
  }

  private static SerializationSchema<RowData> writer(Setting setting, RowType type)
      throws Exception {
    Map<String, String> table = new HashMap<>();
    setting.options().forEach((key, value) -> table.put(setting.format() + "." + key, value));
    SerializationSchema<RowData> writer =
        DirectFormats.serializer(
            DirectFormats.find(setting.format(), table).orElseThrow(),
            FlinkFormat.serializer(setting.format(), setting.options(), type),
            type);
    writer.open(null);
    return writer;
  }
}
