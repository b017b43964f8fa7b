package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.format.DirectFormats;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.MessageReaders;
import dev.outflow.format.reader.ReadRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

/** A column with an object is written as fields of the row. */
class FlatteningSerializerTest {
  private static final RowType OTHERS =
      RowType.of(
          new LogicalType[] {new IntType(), new VarCharType(VarCharType.MAX_LENGTH)},
          new String[] {"id", "name"});

  private final Counter clashes = new SimpleCounter();

  @Test
  void writesFieldsAfterTheOtherColumns() throws Exception {
    SerializationSchema<RowData> serializer = open(List.of("id", "rest", "name"), 1);

    assertThat(write(serializer, 1, "{\"a\":1.50,\"b\":{\"id\":[null]}}", "x"))
        .isEqualTo("{\"id\":1,\"name\":\"x\",\"a\":1.50,\"b\":{\"id\":[null]}}");
    assertThat(write(serializer, 1, "{}", "x")).isEqualTo("{\"id\":1,\"name\":\"x\"}");
    assertThat(write(serializer, null, null, null)).isEqualTo("{\"id\":null,\"name\":null}");
    assertThat(clashes.getCount()).isZero();
  }

  @Test
  void otherColumnsWinAndTheirClashesAreCounted() throws Exception {
    SerializationSchema<RowData> serializer = open(List.of("id", "rest", "name"), 1);

    assertThat(write(serializer, 1, "{\"name\":2,\"a\":3,\"id\":4}", null))
        .isEqualTo("{\"id\":1,\"name\":null,\"a\":3}");
    assertThat(write(serializer, 1, "{\"rest\":5}", "x"))
        .isEqualTo("{\"id\":1,\"name\":\"x\",\"rest\":5}");
    assertThat(clashes.getCount()).isEqualTo(2);
  }

  @Test
  void rejectsTextThatIsNotAnObjectAndGoesOn() throws Exception {
    SerializationSchema<RowData> serializer = open(List.of("id", "rest", "name"), 1);

    for (String text : List.of("", "[1]", "{\"a\":1,\"a\":2}", "{\"a\"")) {
      assertThatThrownBy(() -> write(serializer, 1, text, "x"))
          .as(text)
          .isInstanceOf(RowSerializationException.class);
    }
    assertThat(write(serializer, 1, "{\"a\":1}", "x"))
        .isEqualTo("{\"id\":1,\"name\":\"x\",\"a\":1}");
  }

  @Test
  void writesTheExampleOfThePage() throws Exception {
    RowType columns =
        RowType.of(
            new LogicalType[] {new VarCharType(VarCharType.MAX_LENGTH), new DecimalType(10, 2)},
            new String[] {"order_id", "amount"});
    List<String> example = example();
    MessageReader reader =
        MessageReaders.find("input 'orders'", "json", Map.of(), columns, true).orElseThrow();
    ReadRows read = new ReadRows();
    reader.open(null);
    reader.read(example.get(0).getBytes(UTF_8), read);
    RowData row = read.rows().get(0);

    assertThat(row.getString(2)).hasToString(example.get(1));
    assertThat(open(columns, List.of("order_id", "amount", "rest"), 2).serialize(row))
        .asString(UTF_8)
        .isEqualTo(example.get(2));
  }

  /** Returns the record, its undeclared fields, and what is written. */
  private static List<String> example() throws IOException {
    return Pattern.compile("(?m)^\\| (?:record|`rest`|is written as) \\| `(.*?)`")
        .matcher(Files.readString(Path.of("../docs/values.md")))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  private SerializationSchema<RowData> open(List<String> columns, int flattened) throws Exception {
    return open(OTHERS, columns, flattened);
  }

  private SerializationSchema<RowData> open(RowType others, List<String> columns, int flattened)
      throws Exception {
    SerializationSchema<RowData> json =
        DirectFormats.serializer(
            DirectFormats.find("json", Map.of("json.encode.decimal-as-plain-number", "true"))
                .orElseThrow(),
            new Unused(),
            others);
    SerializationSchema<RowData> serializer =
        InstantiationUtil.clone(new FlatteningSerializer(json, columns, flattened));
    serializer.open(new Metrics(clashes));
    return serializer;
  }

  private static String write(
      SerializationSchema<RowData> serializer, Integer id, String rest, String name) {
    return new String(
        serializer.serialize(
            GenericRowData.of(id, StringData.fromString(rest), StringData.fromString(name))),
        UTF_8);
  }

  /** Flink's format, which nothing here needs. */
  private static final class Unused implements SerializationSchema<RowData> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] serialize(RowData row) {
      throw new AssertionError("unexpected row " + row);
    }
  }

  private record Metrics(Counter clashes) implements SerializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup() {
        @Override
        public Counter counter(String name) {
          assertThat(name).isEqualTo("undeclared-field-clashes");
          return clashes;
        }
      };
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new AssertionError("not needed");
    }
  }
}
