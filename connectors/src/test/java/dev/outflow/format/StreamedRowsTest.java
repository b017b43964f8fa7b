package dev.outflow.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRowsTest {
  private static final long SEED = 20_260_723;
  private static final int TYPES = 30;
  private static final int ROWS = 12;

  /** Every combination of what can be set. */
  static List<Map<String, String>> options() {
    List<Map<String, String>> all = new ArrayList<>();
    for (String timestamps : List.of("SQL", "ISO-8601")) {
      for (String nullKeys : List.of("FAIL", "drop", "LITERAL")) {
        for (String plain : List.of("true", "false")) {
          for (String ignore : List.of("true", "false")) {
            all.add(
                Map.of(
                    "timestamp-format.standard", timestamps,
                    "map-null-key.mode", nullKeys,
                    "map-null-key.literal", "none",
                    "encode.decimal-as-plain-number", plain,
                    "encode.ignore-null-fields", ignore));
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("options")
  void sameBytesAsFlinkWithoutItsHelp(Map<String, String> options) throws Exception {
    Random random = new Random(SEED);
    for (int at = 0; at < TYPES; at++) {
      RowType type = new RandomTypes(random).row();
      SerializationSchema<RowData> flink = flink(type, options);
      SerializationSchema<RowData> ours = ours(new Refusing(), type, options);
      for (int row = 0; row < ROWS; row++) {
        long seed = random.nextLong();
        assertThat(written(ours, row(type, seed, false)))
            .as("row %d of %s", seed, type)
            .isEqualTo(written(flink, row(type, seed, false)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void sameBytesOrWordsAsFlinkForEveryRow(Map<String, String> options) throws Exception {
    Random random = new Random(SEED);
    for (int at = 0; at < TYPES; at++) {
      RowType type = new RandomTypes(random).row();
      SerializationSchema<RowData> flink = flink(type, options);
      SerializationSchema<RowData> ours = ours(flink, type, options);
      for (int row = 0; row < ROWS; row++) {
        long seed = random.nextLong();
        assertThat(written(ours, row(type, seed, true)))
            .as("row %d of %s", seed, type)
            .isEqualTo(written(flink, row(type, seed, true)));
        assertThat(written(ours, row(type, seed, false)))
            .as("the row after %d of %s", seed, type)
            .isEqualTo(written(flink, row(type, seed, false)));
      }
    }
  }

  @Test
  void nothingOfARowThatFailedIsInTheNext() throws Exception {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("name", DataTypes.STRING()),
                    DataTypes.FIELD("map", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())))
                .getLogicalType();
    SerializationSchema<RowData> ours = ours(flink(type, Map.of()), type, Map.of());
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
  void aRowAfterAnotherIsNotPartedFromIt() throws Exception {
    RowType type =
        (RowType) DataTypes.ROW(DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3))).getLogicalType();
    SerializationSchema<RowData> ours =
        ours(new Refusing(), type, Map.of("timestamp-format.standard", "ISO-8601"));
    byte[] first = ours.serialize(GenericRowData.of(TimestampData.fromEpochMillis(-1)));
    byte[] second = ours.serialize(GenericRowData.of(TimestampData.fromEpochMillis(0)));
    assertThat(first).asString(UTF_8).isEqualTo("{\"at\":\"1969-12-31T23:59:59.999Z\"}");
    assertThat(second).asString(UTF_8).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void namesThatFlinkEscapesAreLeftToIt() throws Exception {
    RowType type = (RowType) DataTypes.ROW(DataTypes.FIELD("😀", DataTypes.INT())).getLogicalType();
    SerializationSchema<RowData> flink = flink(type, Map.of());
    assertThat(JsonRows.like(flink, type, JsonOptions.of(Map.of()))).isSameAs(flink);
    RowType variant =
        (RowType) DataTypes.ROW(DataTypes.FIELD("v", DataTypes.VARIANT())).getLogicalType();
    assertThat(JsonRows.like(flink, variant, JsonOptions.of(Map.of()))).isSameAs(flink);
  }

  /** Anew each time: a text that has been asked for its bytes is another one. */
  private static RowData row(RowType type, long seed, boolean rare) {
    Random random = new Random(seed);
    boolean binary = random.nextBoolean();
    GenericRowData row = new RandomRows(random, rare).row(type);
    try {
      return binary ? new RowDataSerializer(type).toBinaryRow(row).copy() : row;
    } catch (RuntimeException e) {
      return row; // A null that its type does not have.
    }
  }

  private static SerializationSchema<RowData> flink(RowType type, Map<String, String> options)
      throws Exception {
    SerializationSchema<RowData> flink =
        FactoryUtil.discoverFactory(
                JsonRowsTest.class.getClassLoader(), SerializationFormatFactory.class, "json")
            .createEncodingFormat(null, Configuration.fromMap(options))
            .createRuntimeEncoder(null, TypeConversions.fromLogicalToDataType(type));
    flink.open(null);
    return flink;
  }

  private static SerializationSchema<RowData> ours(
      SerializationSchema<RowData> flink, RowType type, Map<String, String> options)
      throws Exception {
    Map<String, String> table = new HashMap<>(Map.of("format", "json"));
    options.forEach((key, value) -> table.put("json." + key, value));
    SerializationSchema<RowData> ours =
        InstantiationUtil.clone(JsonRows.like(flink, type, JsonOptions.of(table)));
    assertThat(ours).isInstanceOf(JsonRows.class);
    ours.open(null);
    return ours;
  }

  /** Or why it could not be written, as it is told to users. */
  private static String written(SerializationSchema<RowData> format, RowData row) {
    try {
      return new String(format.serialize(row), ISO_8859_1);
    } catch (RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return "%s: %s".formatted(root.getClass(), root.getMessage());
    }
  }

  /** In Flink's place, where it is not wanted. */
  private static final class Refusing implements SerializationSchema<RowData> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] serialize(RowData row) {
      throw new AssertionError("the row was left to Flink");
    }
  }
}
