package dev.outflow.testing.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.InvalidDefinitionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case files are read as the input reads its records. */
class InputFileTest {
  private static final Column ID = Column.physical("id", DataTypes.STRING());
  private static final Column COUNT = Column.physical("n", DataTypes.INT());
  private static final Column AT = Column.physical("at", DataTypes.TIMESTAMP_LTZ(3));
  private static final Column TAGS = Column.physical("tags", DataTypes.ARRAY(DataTypes.STRING()));
  private static final Column OFFSET =
      Column.metadata("position", DataTypes.BIGINT(), "offset", true);

  @TempDir private Path folder;

  @Test
  void jsonLinesAreMessagesOfJsonInputs() throws IOException {
    Path file =
        write(
            "i.jsonl",
            "{\"id\":7.50,\"n\":\"3.0\",\"at\":1795428900000}\n\n[{\"n\":1},{\"n\":2}]\n");

    assertThat(rows(file, kafka("json", "json.epoch-unit", "ms"), ID, COUNT, AT))
        .containsExactly(
            "{\"id\":\"7.50\",\"n\":3,\"at\":\"2026-11-23T10:15:00Z\"}",
            "{\"id\":null,\"n\":1,\"at\":null}",
            "{\"id\":null,\"n\":2,\"at\":null}");
  }

  @Test
  void csvWithoutHeaderIsReadByPosition() throws IOException {
    Path file = write("i.csv", "a;1;2026-11-24 10:15:00Z\n\"b;\nc\";;\n");

    assertThat(rows(file, kafka("csv", "csv.field-delimiter", ";"), ID, COUNT, AT, OFFSET))
        .containsExactly(
            "{\"id\":\"a\",\"n\":1,\"at\":\"2026-11-24T10:15:00Z\",\"position\":null}",
            "{\"id\":\"b;\\nc\",\"n\":null,\"at\":null,\"position\":null}");
  }

  @Test
  void csvWithHeaderIsReadByNameAndCanHaveMetadata() throws IOException {
    Path file = write("i.csv", "position,ignored,n\n17,x,1\n");

    assertThat(rows(file, kafka("csv", "csv.header", "true"), ID, COUNT, OFFSET))
        .containsExactly("{\"id\":null,\"n\":1,\"position\":17}");
  }

  @Test
  void metadataColumnsAreFieldsOfJson() throws IOException {
    Path file = write("i.jsonl", "{\"n\":1,\"position\":17}\n");

    assertThat(rows(file, kafka("json"), COUNT, OFFSET))
        .containsExactly("{\"n\":1,\"position\":17}");
  }

  @Test
  void rowsOfOtherFormatsAreText() throws IOException {
    assertThat(
            rows(
                write("i.jsonl", "{\"n\":1,\"at\":\"2026-11-24T10:15Z\",\"tags\":[\"a\"]}\n"),
                kafka("avro"),
                COUNT,
                AT,
                TAGS))
        .isEqualTo(
            rows(
                write("i.csv", "at,n,tags\n2026-11-24 10:15:00Z,1,\"[\"\"a\"\"]\"\n"),
                kafka("avro"),
                COUNT,
                AT,
                TAGS))
        .containsExactly("{\"n\":1,\"at\":\"2026-11-24T10:15:00Z\",\"tags\":[\"a\"]}");
  }

  @Test
  void connectorsOfOthersAndValueReaderFlinkReadWithFlinksFormat() throws IOException {
    Path file = write("i.jsonl", "{\"n\":3.7}\n");

    assertThat(rows(file, input("filesystem", "json"), COUNT)).containsExactly("{\"n\":3}");
    assertThat(rows(file, input("event-hubs-capture", "json", "on-error", "drop"), COUNT))
        .isEmpty();
    assertThat(rows(file, kafka("json", "value-reader", "flink"), COUNT))
        .containsExactly("{\"n\":3}");
  }

  @Test
  void badRowsAreReportedAsTheInputReportsThem() throws IOException {
    Path json =
        write("i.jsonl", "{\"n\":1}\n{\"id\":\"a\",\"n\":3.7}\n{\"n\":\n[{},{\"n\":\"x\"}]\n");

    assertThatThrownBy(() -> rows(json, kafka("json"), ID, COUNT))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            """
            %1$s:2:11  n  InputDeserializerError.TypeConversionError: a number with a fraction is not a valid INT
            %1$s:3:1  InputDeserializerError.InvalidData: cannot decode 5 bytes as json (expected a value at byte 5 but found the end of the message)
            %1$s:4:6  n  InputDeserializerError.TypeConversionError: row 2 of the message: the text is not a valid INT\
            """
                .formatted(json));
    Path csv = write("i.csv", "a,1\nb,x\nc\n");
    assertThatThrownBy(() -> rows(csv, kafka("csv"), ID, COUNT))
        .hasMessage(
            """
            %1$s  row 2: InputDeserializerError.TypeConversionError: column 'n': the text is not a valid INT
            %1$s  row 3: InputDeserializerError.MissingColumns: the record has 1 fields but the table has 2 columns\
            """
                .formatted(csv));
  }

  @Test
  void onErrorDropsBadRowsOnly() throws IOException {
    Path file = write("i.jsonl", "[{\"n\":1},{\"n\":\"x\"},{\"n\":3}]\n");
    InputFile.Content content = read(file, kafka("json", "on-error", "drop"), COUNT);

    assertThat(text(content, COUNT)).containsExactly("{\"n\":1}", "{\"n\":3}");
    assertThat(content.notes())
        .containsExactly(
            file
                + ":1:3: InputDeserializerError.TypeConversionError: row 2 of the message: column 'n': the text is not a valid INT; drop");
  }

  @Test
  void fieldsThatAreNotColumnsAreNotedForJsonAndRejectedInText() throws IOException {
    Path file = write("i.jsonl", "{\"idd\":1,\"more\":2}\n");

    assertThat(read(file, kafka("json"), ID).notes())
        .containsExactly(
            file + ": skipped fields that are not columns: idd (did you mean 'id'?), more");
    assertThatThrownBy(() -> rows(file, kafka("avro"), ID))
        .hasMessageContaining(file + ":1:2  idd  unknown column; did you mean 'id'?")
        .hasMessageContaining(file + ":1:10  more  unknown column; expected one of id");
  }

  @Test
  void invalidOptionIsAProblemOfTheInput() throws IOException {
    Path file = write("i.jsonl", "{}\n");

    assertThatThrownBy(() -> rows(file, kafka("json", "json.epoch-unit", "h"), ID))
        .hasMessage(
            file + "  inputs.i.json.epoch-unit  'h' is invalid; expected one of s, ms, us, ns");
  }

  @Test
  void fileThatIsNotUtf8IsRejected() throws IOException {
    Path file = folder.resolve("i.jsonl");
    Files.writeString(file, "{}\n{\"id\":\"ä\"}", StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> rows(file, kafka("json"), ID))
        .hasMessage(file + "  is not UTF-8 (byte 0xE4 on line 2); save it as UTF-8");
  }

  @Test
  void emptyFileHasNoRows() throws IOException {
    assertThat(rows(write("i.csv", "\n"), kafka("csv"), ID)).isEmpty();
    assertThat(rows(write("i.jsonl", ""), kafka("json"), ID)).isEmpty();
  }

  @Test
  void undeclaredFieldsAreInTheirColumn() throws IOException {
    Path file = write("i.jsonl", "{\"a\":1.50,\"id\":\"x\",\"position\":7,\"b\":null}\n{}\n");
    Column rest = Column.metadata("rest", DataTypes.STRING(), "undeclared", true);

    assertThat(read(file, kafka("json"), rest, ID, OFFSET).notes()).isEmpty();
    assertThat(rows(file, kafka("json"), rest, ID, OFFSET))
        .containsExactly(
            "{\"rest\":\"{\\\"a\\\":1.50,\\\"b\\\":null}\",\"id\":\"x\",\"position\":7}",
            "{\"rest\":\"{}\",\"id\":null,\"position\":null}");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static InputFormat kafka(String format, String... option) {
    return input("kafka", format, option);
  }

  private static InputFormat input(String connector, String format, String... option) {
    Map<String, String> options = new HashMap<>(Map.of("format", format));
    if (option.length > 0) {
      options.put(option[0], option[1]);
    }
    return InputFormat.of(
        new InputDefinition(connector, Map.of(), List.of(), Optional.empty(), options));
  }

  private static InputFile.Content read(Path file, InputFormat format, Column... columns) {
    return InputFile.read(file, "i", ResolvedSchema.of(columns), format);
  }

  private static List<String> rows(Path file, InputFormat format, Column... columns) {
    return text(read(file, format, columns), columns);
  }

  private static List<String> text(InputFile.Content content, Column... columns) {
    List<Column> all = List.of(columns);
    return ((InputRows.Decoded) content.rows())
        .project(all).stream()
            .map(row -> ExternalRow.of(row, all, RowKind.INSERT))
            .map(row -> RowText.line(RowText.json(row, all)))
            .toList();
  }
}
