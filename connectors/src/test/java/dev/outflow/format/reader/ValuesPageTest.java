package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each value of {@code docs/values.md} and compares the result with what the page says. */
class ValuesPageTest {
  private static final Map<String, String> FORMATS = Map.of("### JSON", "json", "### CSV", "csv");

  /** A value of a table on the page. */
  record Example(String format, String type, String value, String result) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(format, type, value);
    }
  }

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (String section : FORMATS.keySet()) {
      for (List<String> row : ValuesPage.rows(section)) {
        for (String value : ValuesPage.values(row.get(1))) {
          examples.add(new Example(FORMATS.get(section), row.get(0), value, row.get(2)));
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(140);
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsWhatThePageSays(Example example) throws Exception {
    RowType type = ValuesPage.row(example.type());
    boolean isJson = example.format().equals("json");
    String message = isJson ? "{\"v\": %s}".formatted(example.value()) : example.value() + ",1";
    ReadRows read =
        ReadRows.of(
            example.format(), Map.of(), isJson ? type : withNumber(type), message.getBytes(UTF_8));

    if (!example.result().startsWith("**")) {
      assertThat(read.problems()).isEmpty();
      assertThat(ValuesPage.written(read.rows().get(0), isJson ? type : withNumber(type)))
          .isEqualTo(
              "{\"v\":%s%s}"
                  .formatted(ValuesPage.values(example.result()).get(0), isJson ? "" : ",\"n\":1"));
      return;
    }
    ValuesPage.assertProblem(read, example.result());
  }

  /** A second column lets the first one be empty. */
  private static RowType withNumber(RowType type) {
    List<RowType.RowField> fields = new ArrayList<>(type.getFields());
    fields.add(new RowType.RowField("n", new IntType()));
    return new RowType(fields);
  }
}
