package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.DirectFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each value of {@code docs/values.md} and compares the result with what the page says. */
class ValuesPageTest {
  private static final Path PAGE = Path.of("../docs/values.md");
  private static final Map<String, String> FORMATS = Map.of("### JSON", "json", "### CSV", "csv");
  private static final Pattern ROW = Pattern.compile("\\| ([^|-]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern VALUE = Pattern.compile("`([^`]*)`");
  private static final Pattern BAD = Pattern.compile("\\*\\*(\\w+)\\*\\* (?:`(.*?)` )?(.*)");
  private static final Map<String, InvalidValueException.Kind> KINDS =
      Map.of(
          "TypeConversionError", InvalidValueException.Kind.CONVERSION,
          "MissingColumns", InvalidValueException.Kind.MISSING);

  /** A line of a table on the page. */
  record Example(String format, String type, String value, String result) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(format, type, value);
    }
  }

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    String format = "";
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("#")) {
        format = FORMATS.getOrDefault(line, "");
      }
      Matcher row = ROW.matcher(line);
      if (!format.isEmpty() && row.matches() && !row.group(1).equals("type")) {
        String type = row.group(1).replace("&lt;", "<").replace("&gt;", ">");
        for (String value : values(row.group(2))) {
          examples.add(new Example(format, type, value, row.group(3)));
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(140);
    return examples.stream();
  }

  private static List<String> values(String cell) {
    return VALUE.matcher(cell).results().map(value -> value.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsWhatThePageSays(Example example) throws Exception {
    RowType type = type(example.type());
    boolean isJson = example.format().equals("json");
    String message = isJson ? "{\"v\": %s}".formatted(example.value()) : example.value() + ",1";
    ReadRows read =
        ReadRows.of(
            example.format(), Map.of(), isJson ? type : withNumber(type), message.getBytes(UTF_8));

    if (!example.result().startsWith("**")) {
      assertThat(read.problems()).isEmpty();
      assertThat(written(read.rows().get(0), isJson ? type : withNumber(type)))
          .isEqualTo(
              "{\"v\":%s%s}"
                  .formatted(
                      VALUE.matcher(example.result()).replaceAll("$1"), isJson ? "" : ",\"n\":1"));
      return;
    }
    MatchResult bad = BAD.matcher(example.result()).results().findFirst().orElseThrow();
    String path = bad.group(2) == null ? "" : bad.group(2);
    InvalidValueException problem = read.problems().get(1);
    assertThat(read.rows()).isEmpty();
    assertThat(problem).hasMessage(bad.group(3));
    assertThat(problem.column()).contains("v" + path);
    assertThat(problem.kind()).isEqualTo(KINDS.get(bad.group(1)));
  }

  private static RowType type(String type) {
    LogicalType parsed = LogicalTypeParser.parse(type, ValuesPageTest.class.getClassLoader());
    return new RowType(List.of(new RowType.RowField("v", parsed)));
  }

  /** A second column lets the first one be empty. */
  private static RowType withNumber(RowType type) {
    List<RowType.RowField> fields = new ArrayList<>(type.getFields());
    fields.add(new RowType.RowField("n", new IntType()));
    return new RowType(fields);
  }

  private static String written(RowData row, RowType type) throws Exception {
    Map<String, String> options =
        Map.of(
            "json.timestamp-format.standard", "ISO-8601",
            "json.encode.decimal-as-plain-number", "true");
    SerializationSchema<RowData> flink =
        FactoryUtil.discoverFactory(
                ValuesPageTest.class.getClassLoader(), SerializationFormatFactory.class, "json")
            .createEncodingFormat(null, new Configuration())
            .createRuntimeEncoder(null, TypeConversions.fromLogicalToDataType(type));
    SerializationSchema<RowData> json =
        DirectFormats.serializer(DirectFormats.find("json", options).orElseThrow(), flink, type);
    json.open(null);
    return new String(json.serialize(row), UTF_8);
  }
}
