package dev.outflow.testing.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedRowsTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.physical("text", DataTypes.STRING()),
          Column.physical("truth", DataTypes.BOOLEAN()),
          Column.physical("tiny", DataTypes.TINYINT()),
          Column.physical("large", DataTypes.BIGINT()),
          Column.physical("ratio", DataTypes.DOUBLE()),
          Column.physical("small", DataTypes.FLOAT()),
          Column.physical("price", DataTypes.DECIMAL(10, 2)),
          Column.physical("day", DataTypes.DATE()),
          Column.physical("time", DataTypes.TIME()),
          Column.physical("local", DataTypes.TIMESTAMP(3)),
          Column.physical("instant", DataTypes.TIMESTAMP_LTZ(3)),
          Column.physical("bytes", DataTypes.BYTES()),
          Column.physical("numbers", DataTypes.ARRAY(DataTypes.INT())),
          Column.physical("counts", DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT())),
          Column.physical("names", DataTypes.MULTISET(DataTypes.STRING())),
          Column.physical(
              "rows",
              DataTypes.ARRAY(DataTypes.ROW(DataTypes.FIELD("a", DataTypes.DECIMAL(4, 1))))));

  @TempDir private Path folder;

  @Test
  void readsAndWritesEveryTypeWithoutLoss() throws IOException {
    String line =
        "{\"text\":\"Zürich, \\\"x\\\"\",\"truth\":true,\"tiny\":-128,\"large\":9007199254740993,"
            + "\"ratio\":0.1,\"small\":\"-Infinity\",\"price\":12345678.90,\"day\":\"2026-11-24\",\"time\":\"10:15:00\","
            + "\"local\":\"2026-11-24T10:15:00\",\"instant\":\"2026-11-24T10:15:00.123Z\","
            + "\"bytes\":\"AQID\",\"numbers\":[1,null,3],\"counts\":{\"a\":1,\"b\":null},"
            + "\"names\":{\"a\":2,\"b\":1},\"rows\":[{\"a\":1.0},null]}";

    assertThat(text(read(line))).containsExactly(line);
  }

  @Test
  void rowsAreEqualHoweverTheirValuesAreWritten() throws IOException {
    assertThat(
            read("{\"price\":\"7.5\",\"instant\":\"2026-11-24 11:15:00+01:00\",\"large\":1e2}\n"))
        .isEqualTo(read("{\"price\":7.50,\"instant\":\"2026-11-24T10:15:00Z\",\"large\":100}\n"));
  }

  @Test
  void intervalsAreNumbersAsInJson() throws IOException {
    List<Column> columns =
        List.of(
            Column.physical("wait", DataTypes.INTERVAL(DataTypes.SECOND(3))),
            Column.physical("age", DataTypes.INTERVAL(DataTypes.YEAR())));
    Path file = Files.writeString(folder.resolve("o.jsonl"), "{\"wait\":1500,\"age\":24}");

    Row emitted = Row.of(Duration.ofMillis(1500), Period.ofYears(2));
    assertThat(ExpectedRows.read(file, columns, Set.of()))
        .extracting(expected -> RowText.json(expected.row(), columns))
        .containsExactly(RowText.json(emitted, columns));
  }

  @Test
  void readsMissingFieldsAsNull() throws IOException {
    assertThat(read("{}").get(0)).isEqualTo(new Row(COLUMNS.size()));
  }

  @Test
  void readsTheKindOfARow() throws IOException {
    List<Row> rows = read("{\"row-kind\":\"-U\"}\n\n{\"row-kind\":\"+I\"}\n");

    assertThat(rows)
        .extracting(Row::getKind)
        .containsExactly(RowKind.UPDATE_BEFORE, RowKind.INSERT);
    assertThat(text(rows).get(0)).startsWith("{\"row-kind\":\"-U\",\"text\":null");
    assertThat(text(rows).get(1)).startsWith("{\"text\":null");
  }

  @Test
  void reportsEveryLineThatIsWrong() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"text\":\"a\"\n[1]\n{\"txt\":1,\"tiny\":300}\n{\"row-kind\":\"x\",\"ignored\":1}\n"))
        .hasMessage(
            """
            %1$s:1:12  is not valid JSON: Unexpected end-of-input: expected close marker for Object
            %1$s:2:1  is not a JSON object; write one object per line
            %1$s:3:2  txt  unknown column; did you mean 'text'?
            %1$s:3:10  tiny  the number is out of range for TINYINT
            %1$s:4:2  row-kind  'x' is invalid; expected one of +I, -U, +U, -D\
            """
                .formatted(folder.resolve("o.jsonl")));
  }

  @Test
  void keepsTheValidLinesOfAFileThatIsGoingToChange() throws IOException {
    String valid = " {\"tiny\": 1.0}";
    Path file =
        Files.writeString(
            folder.resolve("o.jsonl"),
            valid + "\n{\"tiny\":300}\n{\"txt\":\"a\"}\n{\"row-kind\":\"x\"}\n[1]\n{\n");

    assertThat(ExpectedRows.readValid(file, COLUMNS, Set.of()))
        .extracting(ExpectedRow::line)
        .containsExactly(valid);
    Files.writeString(file, "{\"text\":\"ä\"}", StandardCharsets.ISO_8859_1);
    assertThat(ExpectedRows.readValid(file, COLUMNS, Set.of())).isEmpty();
  }

  @Test
  void rejectsTypesThatJsonCannotHold() throws IOException {
    Path file = Files.writeString(folder.resolve("o.jsonl"), "{}");
    List<Column> columns =
        List.of(Column.physical("m", DataTypes.MAP(DataTypes.INT(), DataTypes.INT())));

    assertThatThrownBy(() -> ExpectedRows.read(file, columns, Set.of()))
        .hasMessage(
            file
                + "  column 'm' of type MAP<INT, INT> cannot be compared; add it to 'ignore' in test.yaml");
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("o.jsonl");
    Files.writeString(file, "{}\n{\"text\":\"ä\"}", StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> ExpectedRows.read(file, COLUMNS, Set.of()))
        .hasMessage(file + "  is not UTF-8 (byte 0xE4 on line 2); save it as UTF-8");
  }

  private List<Row> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("o.jsonl"), text);
    return ExpectedRows.read(file, COLUMNS, Set.of("ignored")).stream()
        .map(ExpectedRow::row)
        .toList();
  }

  private static List<String> text(List<Row> rows) {
    return rows.stream().map(row -> RowText.line(RowText.json(row, COLUMNS))).toList();
  }
}
