package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.json.JsonFormatFactory;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

/** Rows that their own format cannot serialize, as JSON. */
class LenientJsonSerializerTest {
  private static final DataType ROW =
      DataTypes.ROW(
              DataTypes.FIELD("id", DataTypes.INT().notNull()),
              DataTypes.FIELD("tags", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
              DataTypes.FIELD("by_number", DataTypes.MAP(DataTypes.INT(), DataTypes.INT())),
              DataTypes.FIELD("name", DataTypes.STRING()))
          .notNull();
  private static final EncodingFormat<SerializationSchema<RowData>> FORMAT =
      new JsonFormatFactory()
          .createEncodingFormat(
              null, Configuration.fromMap(Map.of("map-null-key.mode", "LITERAL")));

  @Test
  void omitsColumnsOfUnsupportedTypes() throws Exception {
    assertThat(json(row(StringData.fromString("Ann"))))
        .isEqualTo("{\"id\":1,\"tags\":{\"null\":7},\"name\":\"Ann\"}");
  }

  @Test
  void writesUnserializableValuesAsNull() throws Exception {
    assertThat(json(row(new byte[] {1})))
        .isEqualTo("{\"id\":1,\"tags\":{\"null\":7},\"name\":null}");
  }

  private static String json(RowData row) throws Exception {
    LenientJsonSerializer json = LenientJsonSerializer.of(FORMAT, null, ROW);
    json.open(null);
    assertThat(json.serialize(row)).as("again").isEqualTo(json.serialize(row));
    return new String(json.serialize(row), UTF_8);
  }

  private static RowData row(Object name) {
    Map<StringData, Integer> tags = new HashMap<>();
    tags.put(null, 7);
    return GenericRowData.of(1, new GenericMapData(tags), new GenericMapData(Map.of(1, 1)), name);
  }
}
