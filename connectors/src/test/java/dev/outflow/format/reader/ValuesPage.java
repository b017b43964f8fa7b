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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;

/** The tables of {@code docs/values.md}. */
public final class ValuesPage {
  private static final Path PAGE = Path.of("../docs/values.md");
  private static final Pattern VALUE = Pattern.compile("`([^`]*)`");
  private static final Pattern BAD = Pattern.compile("\\*\\*(\\w+)\\*\\* (?:`(.*?)` )?(.*)");
  private static final Map<String, InvalidValueException.Kind> KINDS =
      Map.of(
          "TypeConversionError", InvalidValueException.Kind.CONVERSION,
          "MissingColumns", InvalidValueException.Kind.MISSING);

  private ValuesPage() {}

  /** Returns the cells of the table below a heading, e.g. {@code ### JSON}, without its head. */
  public static List<List<String>> rows(String heading) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String current = "";
    for (String line : Files.readAllLines(PAGE)) {
      current = line.startsWith("#") ? line : current;
      if (current.equals(heading) && line.startsWith("| ")) {
        rows.add(
            Stream.of(line.substring(1, line.length() - 1).split(" \\|"))
                .map(cell -> cell.strip().replace("&lt;", "<").replace("&gt;", ">"))
                .toList());
      }
    }
    return rows.subList(1, rows.size());
  }

  /** Returns the values in a cell, which are code. */
  public static List<String> values(String cell) {
    return VALUE.matcher(cell).results().map(value -> value.group(1)).toList();
  }

  /** Returns a row whose only column {@code v} has this type. */
  public static RowType row(String type) {
    LogicalType parsed = LogicalTypeParser.parse(type, ValuesPage.class.getClassLoader());
    return new RowType(List.of(new RowType.RowField("v", parsed)));
  }

  /** Asserts that a message has one row, with the problem that a cell describes. */
  public static void assertProblem(ReadRows read, String cell) {
    MatchResult bad = BAD.matcher(cell).results().findFirst().orElseThrow();
    String path = bad.group(2) == null ? "" : bad.group(2);
    InvalidValueException problem = read.problems().get(1);
    assertThat(read.rows()).isEmpty();
    assertThat(problem).hasMessage(bad.group(3));
    assertThat(problem.column()).contains("v" + path);
    assertThat(problem.kind()).isEqualTo(KINDS.get(bad.group(1)));
  }

  /** Returns a row as {@code format: json} writes it. */
  public static String written(RowData row, RowType type) throws Exception {
    Map<String, String> options =
        Map.of(
            "json.timestamp-format.standard", "ISO-8601",
            "json.encode.decimal-as-plain-number", "true");
    SerializationSchema<RowData> flink =
        FactoryUtil.discoverFactory(
                ValuesPage.class.getClassLoader(), SerializationFormatFactory.class, "json")
            .createEncodingFormat(null, new Configuration())
            .createRuntimeEncoder(null, TypeConversions.fromLogicalToDataType(type));
    SerializationSchema<RowData> json =
        DirectFormats.serializer(DirectFormats.find("json", options).orElseThrow(), flink, type);
    json.open(null);
    return new String(json.serialize(row), UTF_8);
  }
}
