package dev.outflow.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.ReadRows;
import dev.outflow.format.reader.ValuesPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each Avro value of {@code docs/values.md}, and compares the types that are written. */
class AvroValuesPageTest {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), (\\d+)\\)");

  /** A value of the table on the page. */
  record Example(String type, String written, String value, String result) {}

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (List<String> row : ValuesPage.rows("### Avro")) {
      for (String written : ValuesPage.values(row.get(1))) {
        for (String value : ValuesPage.values(row.get(2))) {
          examples.add(new Example(row.get(0), written, value, row.get(3)));
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(60);
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsWhatThePageSays(Example example) throws Exception {
    RowType type = ValuesPage.row(example.type());
    Schema written = record(schema(example.written()));
    ReadRows read = new ReadRows();
    new AvroRecordReader("avro", written, type)
        .read(encoded(written, "{\"v\": %s}".formatted(example.value())), 0, read);

    if (example.result().startsWith("**")) {
      ValuesPage.assertProblem(read, example.result());
    } else {
      assertThat(read.texts()).isEmpty();
      assertThat(ValuesPage.written(read.rows().get(0), type))
          .isEqualTo("{\"v\":%s}".formatted(ValuesPage.values(example.result()).get(0)));
    }
  }

  static Stream<List<String>> types() throws IOException {
    return ValuesPage.rows("#### What is written").stream()
        .flatMap(
            row ->
                Pattern.compile(", (?=[A-Z]+)(?![^<]*>)")
                    .splitAsStream(row.get(0))
                    .map(type -> List.of(type, ValuesPage.values(row.get(1)).get(0))));
  }

  @ParameterizedTest
  @MethodSource("types")
  void writesWhatThePageSays(List<String> example) {
    Schema schema = AvroFormat.schema(ValuesPage.row(example.get(0)), false).orElseThrow();
    Schema column = schema.getField("v").schema();

    assertThat(column.getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
    assertThat(AvroTypes.name(column.getTypes().get(1))).isEqualTo(example.get(1));
  }

  private static Schema record(Schema value) {
    return Schema.createRecord(
        "other", null, "com.example", false, List.of(new Schema.Field("v", value)));
  }

  /** Returns the schema with a name as {@link AvroTypes#name} returns it, or in JSON. */
  private static Schema schema(String written) {
    if (written.startsWith("{") || written.startsWith("[")) {
      return new Schema.Parser().parse(written);
    }
    Matcher decimal = DECIMAL.matcher(written);
    if (decimal.matches()) {
      return LogicalTypes.decimal(
              Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)))
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    boolean isInt = written.equals("date") || written.equals("time-millis");
    return new Schema.Parser()
        .parse(
            written.contains("-") || isInt
                ? "{\"type\":\"%s\",\"logicalType\":\"%s\"}"
                    .formatted(isInt ? "int" : "long", written)
                : "\"%s\"".formatted(written));
  }

  private static byte[] encoded(Schema schema, String json) throws IOException {
    Object value =
        new GenericDatumReader<>(schema).read(null, DecoderFactory.get().jsonDecoder(schema, json));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
