package dev.outflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectSerializerTest {
  private static final long SEED = 20_260_723;
  private static final int TYPES = 30;
  private static final int ROWS = 12;
  private static final String REJECTED = "rejected, ";
  private static final Setting JSON = new Setting("json", Map.of());

  /** A format with options. */
  record Setting(String format, Map<String, String> options) {
    RowType type(Random random) {
      RandomTypes types = new RandomTypes(random);
      return format.equals("json") ? types.row() : types.flatRow();
    }

    Setting with(String key, String value) {
      Map<String, String> more = new TreeMap<>(options);
      more.put(key, value);
      return new Setting(format, more);
    }

    /** Returns a copy with each of the values. */
    Stream<Setting> withEach(String key, String... values) {
      return Stream.of(values).map(value -> with(key, value));
    }
  }

  /** Returns every combination of options. */
  static Stream<Setting> settings() {
    Stream<Setting> json =
        Stream.of(new Setting("json", Map.of("map-null-key.literal", "none")))
            .flatMap(setting -> setting.withEach("timestamp-format.standard", "SQL", "ISO-8601"))
            .flatMap(setting -> setting.withEach("map-null-key.mode", "FAIL", "drop", "LITERAL"))
            .flatMap(setting -> setting.withEach("encode.decimal-as-plain-number", "true", "false"))
            .flatMap(setting -> setting.withEach("encode.ignore-null-fields", "true", "false"));
    Stream<Setting> csv =
        Stream.of(new Setting("csv", Map.of()))
            .flatMap(setting -> setting.withEach("field-delimiter", ",", "\\t", ";", "0"))
            .flatMap(
                setting ->
                    Stream.of(
                        setting,
                        setting.with("quote-character", "'"),
                        setting.with("disable-quote-character", "true")))
            .flatMap(setting -> Stream.of(setting, setting.with("escape-character", "\\")))
            .flatMap(
                setting ->
                    Stream.of(
                        setting,
                        setting.with("write-bigdecimal-in-scientific-notation", "true"),
                        setting
                            .with("null-literal", "none")
                            .with("write-bigdecimal-in-scientific-notation", "false")));
    return Stream.concat(json, csv);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          7, 2026-11-29T10:00:00Z,          2026-11-29 10:00:00.0000000Z
          7, 2026-11-29T10:00:00.120Z,      2026-11-29 10:00:00.1200000Z
          3, 2026-11-29T10:00:00.123456Z,   2026-11-29 10:00:00.123456Z
          9, 2026-11-29T10:00:00Z,          2026-11-29 10:00:00.000000000Z
          0, 2026-11-29T10:00:00.100Z,      2026-11-29 10:00:00.1Z
          """)
  void writesTimesWithTheLeastNumberOfFractionDigits(int digits, Instant time, String written)
      throws Exception {
    RowType type = RowType.of(new LocalZonedTimestampType(9));
    for (String format : List.of("json", "csv")) {
      DirectFormat direct =
          DirectFormats.find(format, Map.of(format + ".min-fraction-digits", "" + digits))
              .orElseThrow();
      SerializationSchema<RowData> serializer =
          DirectFormats.serializer(direct, new Unused(), type);
      serializer.open(null);

      assertThat(
              new String(
                  serializer.serialize(GenericRowData.of(TimestampData.fromInstant(time))), UTF_8))
          .contains(written);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void writesTheSameBytesAsFlinkWithoutFallback(Setting setting) throws Exception {
    Random random = new Random(SEED);
    for (int at = 0; at < TYPES; at++) {
      RowType type = setting.type(random);
      SerializationSchema<RowData> flink = flink(type, setting);
      SerializationSchema<RowData> ours = ours(new Unused(), type, setting);
      for (int row = 0; row < ROWS; row++) {
        long seed = random.nextLong();
        String expected = outcome(flink, row(type, seed, false));
        if (!expected.startsWith(REJECTED)) {
          assertThat(outcome(ours, row(type, seed, false)))
              .as("row %d of %s", seed, type)
              .isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void writesTheSameBytesOrErrorsAsFlinkForEveryRow(Setting setting) throws Exception {
    Random random = new Random(SEED);
    for (int at = 0; at < TYPES; at++) {
      RowType type = setting.type(random);
      SerializationSchema<RowData> flink = flink(type, setting);
      SerializationSchema<RowData> ours = ours(flink, type, setting);
      for (int row = 0; row < ROWS; row++) {
        long seed = random.nextLong();
        assertThat(outcome(ours, row(type, seed, true)))
            .as("row %d of %s", seed, type)
            .isEqualTo(outcome(flink, row(type, seed, true)));
        assertThat(outcome(ours, row(type, seed, false)))
            .as("the row after %d of %s", seed, type)
            .isEqualTo(outcome(flink, row(type, seed, false)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv"})
  void writesTheSameBytesAsFlinkWhereverAByteIsInAText(String format) throws Exception {
    Setting setting = new Setting(format, Map.of());
    RowType type = (RowType) DataTypes.ROW(DataTypes.STRING()).getLogicalType();
    SerializationSchema<RowData> flink = flink(type, setting);
    SerializationSchema<RowData> ours = ours(flink, type, setting);
    for (int length : new int[] {1, 7, 8, 9, 16, 25, 33}) {
      for (int at = 0; at < length; at++) {
        for (int next = Byte.MIN_VALUE; next <= Byte.MAX_VALUE; next++) {
          byte[] text = "x".repeat(length).getBytes(UTF_8);
          text[at] = (byte) next;
          RowData row = GenericRowData.of(StringData.fromBytes(text));
          assertThat(outcome(ours, row)).isEqualTo(outcome(flink, row));
        }
      }
    }
  }

  @Test
  void discardsTheBufferOfAFailedRow() throws Exception {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("name", DataTypes.STRING()),
                    DataTypes.FIELD("map", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())))
                .getLogicalType();
    SerializationSchema<RowData> ours = ours(flink(type, JSON), type, JSON);
    Map<StringData, Integer> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    RowData bad = GenericRowData.of(StringData.fromString("bad"), new GenericMapData(nullKey));
    RowData good =
        GenericRowData.of(
            StringData.fromString("good"),
            new GenericMapData(Map.of(StringData.fromString("a"), 1)));
    for (int times = 0; times < 3; times++) {
      assertThatThrownBy(() -> ours.serialize(bad))
          .hasStackTraceContaining("doesn't support to serialize map data with null keys");
      assertThat(ours.serialize(good))
          .asString(UTF_8)
          .isEqualTo("{\"name\":\"good\",\"map\":{\"a\":1}}");
    }
  }

  @Test
  void writesNoSeparatorBetweenRows() throws Exception {
    RowType type =
        (RowType) DataTypes.ROW(DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3))).getLogicalType();
    SerializationSchema<RowData> ours =
        ours(new Unused(), type, JSON.with("timestamp-format.standard", "ISO-8601"));
    byte[] first = ours.serialize(GenericRowData.of(TimestampData.fromEpochMillis(-1)));
    byte[] second = ours.serialize(GenericRowData.of(TimestampData.fromEpochMillis(0)));
    assertThat(first).asString(UTF_8).isEqualTo("{\"at\":\"1969-12-31T23:59:59.999Z\"}");
    assertThat(second).asString(UTF_8).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void leavesNamesThatNeedEscapingToFlink() throws Exception {
    RowType type = (RowType) DataTypes.ROW(DataTypes.FIELD("😀", DataTypes.INT())).getLogicalType();
    SerializationSchema<RowData> flink = flink(type, JSON);
    assertThat(like("json", flink, type)).isSameAs(flink);
    RowType variant =
        (RowType) DataTypes.ROW(DataTypes.FIELD("v", DataTypes.VARIANT())).getLogicalType();
    assertThat(like("json", flink, variant)).isSameAs(flink);
  }

  @Test
  void leavesNestedCsvToFlink() throws Exception {
    RowType array =
        (RowType)
            DataTypes.ROW(DataTypes.FIELD("a", DataTypes.ARRAY(DataTypes.INT()))).getLogicalType();
    RowType flat = (RowType) DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT())).getLogicalType();
    SerializationSchema<RowData> flink = flink(flat, new Setting("csv", Map.of()));
    assertThat(like("csv", flink, array)).isSameAs(flink);
  }

  /** Creates the row again, because converting a string to bytes changes its state. */
  private static RowData row(RowType type, long seed, boolean rare) {
    Random random = new Random(seed);
    boolean binary = random.nextBoolean();
    GenericRowData row = new RandomRows(random, rare).row(type);
    try {
      return binary ? new RowDataSerializer(type).toBinaryRow(row).copy() : row;
    } catch (RuntimeException e) {
      return row; // A null in a NOT NULL column.
    }
  }

  private static SerializationSchema<RowData> flink(RowType type, Setting setting)
      throws Exception {
    SerializationSchema<RowData> flink =
        FactoryUtil.discoverFactory(
                DirectSerializerTest.class.getClassLoader(),
                SerializationFormatFactory.class,
                setting.format())
            .createEncodingFormat(null, Configuration.fromMap(setting.options()))
            .createRuntimeEncoder(null, TypeConversions.fromLogicalToDataType(type));
    flink.open(null);
    return flink;
  }

  private static SerializationSchema<RowData> ours(
      SerializationSchema<RowData> flink, RowType type, Setting setting) throws Exception {
    Map<String, String> table = new HashMap<>();
    setting.options().forEach((key, value) -> table.put(setting.format() + "." + key, value));
    DirectFormat format = DirectFormats.find(setting.format(), table).orElseThrow();
    SerializationSchema<RowData> ours =
        InstantiationUtil.clone(DirectFormats.serializer(format, flink, type));
    assertThat(ours).isInstanceOf(DirectSerializer.class);
    ours.open(null);
    return ours;
  }

  private static SerializationSchema<RowData> like(
      String format, SerializationSchema<RowData> flink, RowType type) {
    return DirectFormats.serializer(
        DirectFormats.find(format, Map.of()).orElseThrow(), flink, type);
  }

  /** Returns the bytes, or the error as users see it. */
  private static String outcome(SerializationSchema<RowData> format, RowData row) {
    try {
      return new String(format.serialize(row), ISO_8859_1);
    } catch (RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return REJECTED + "%s: %s".formatted(root.getClass(), root.getMessage());
    }
  }

  /** Replaces Flink's format and fails if it is used. */
  private static final class Unused implements SerializationSchema<RowData> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] serialize(RowData row) {
      throw new AssertionError("the row was left to Flink");
    }
  }
}
