package dev.outflow.testing.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.physical("text", DataTypes.STRING()),
          Column.physical("truth", DataTypes.BOOLEAN()),
          Column.physical("tiny", DataTypes.TINYINT()),
          Column.physical("large", DataTypes.BIGINT()),
          Column.physical("ratio", DataTypes.DOUBLE()),
          Column.physical("price", DataTypes.DECIMAL(10, 2)),
          Column.physical("day", DataTypes.DATE()),
          Column.physical("time", DataTypes.TIME()),
          Column.physical("local", DataTypes.TIMESTAMP(3)),
          Column.physical("instant", DataTypes.TIMESTAMP_LTZ(3)),
          Column.physical("bytes", DataTypes.BYTES()),
          Column.physical("numbers", DataTypes.ARRAY(DataTypes.INT())),
          Column.physical("counts", DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT())),
          Column.physical(
              "rows",
              DataTypes.ARRAY(DataTypes.ROW(DataTypes.FIELD("a", DataTypes.DECIMAL(4, 1))))));

  @TempDir private Path folder;

  @Test
  void readsAndWritesEveryTypeWithoutLoss() throws IOException {
    String line =
        "{\"text\":\"Zürich, \\\"x\\\"\",\"truth\":true,\"tiny\":-128,\"large\":9007199254740993,"
            + "\"ratio\":0.1,\"price\":12345678.90,\"day\":\"2026-11-24\",\"time\":\"10:15:00\","
            + "\"local\":\"2026-11-24T10:15:00\",\"instant\":\"2026-11-24T10:15:00.123Z\","
            + "\"bytes\":\"AQID\",\"numbers\":[1,null,3],\"counts\":{\"a\":1,\"b\":null},"
            + "\"rows\":[{\"a\":1.0},null]}";

    assertThat(text(read("rows.jsonl", line))).containsExactly(line);
  }

  @Test
  void readsWhatItWritesOfNumbersThatAreNotFiniteOfMultisetsAndOfKeysThatAreNotText()
      throws IOException {
    List<Column> columns =
        List.of(
            Column.physical("ratio", DataTypes.DOUBLE()),
            Column.physical("small", DataTypes.FLOAT()),
            Column.physical("names", DataTypes.MULTISET(DataTypes.STRING())),
            Column.physical("numbers", DataTypes.MULTISET(DataTypes.INT())),
            Column.physical("prices", DataTypes.MAP(DataTypes.DECIMAL(5, 2), DataTypes.STRING())),
            Column.physical("days", DataTypes.MAP(DataTypes.DATE(), DataTypes.DOUBLE())),
            Column.physical(
                "rows", DataTypes.MULTISET(DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT())))),
            Column.physical("wait", DataTypes.INTERVAL(DataTypes.SECOND(3))),
            Column.physical("age", DataTypes.INTERVAL(DataTypes.YEAR())));
    String line =
        "{\"ratio\":\"NaN\",\"small\":\"-Infinity\",\"names\":{\"a\":2,\"b\":1},"
            + "\"numbers\":{\"-7\":1,\"null\":3},\"prices\":{\"1.50\":\"x\"},"
            + "\"days\":{\"2026-11-24\":\"Infinity\"},\"rows\":{\"{\\\"a\\\":1}\":2},"
            + "\"wait\":\"PT1.5S\",\"age\":\"P2Y\"}";

    List<Row> rows =
        RowFile.read(Files.writeString(folder.resolve("rows.jsonl"), line), columns, Set.of());

    Map<Integer, Integer> numbers = new HashMap<>(Map.of(-7, 1));
    numbers.put(null, 3);
    assertThat(rows)
        .extracting(row -> RowText.line(RowText.json(row, columns)))
        .containsExactly(line);
    assertThat(rows.get(0).getField(3)).isEqualTo(numbers);
  }

  @Test
  void namesTheLineThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("rows.jsonl");
    Files.writeString(file, "{}\n{\"text\":\"ä\"}", StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> RowFile.read(file, COLUMNS, Set.of()))
        .hasMessage(file + "  is not UTF-8 (byte 0xE4 on line 2); save it as UTF-8");
  }

  @Test
  void readsMissingFieldsAsNull() throws IOException {
    assertThat(read("rows.jsonl", "{}").get(0)).isEqualTo(new Row(COLUMNS.size()));
  }

  @Test
  void readsTheKindOfARow() throws IOException {
    List<Row> rows = read("rows.jsonl", "{\"row-kind\":\"-U\"}\n\n{\"row-kind\":\"+I\"}\n");

    assertThat(rows)
        .extracting(Row::getKind)
        .containsExactly(RowKind.UPDATE_BEFORE, RowKind.INSERT);
    assertThat(text(rows).get(0)).startsWith("{\"row-kind\":\"-U\",\"text\":null");
    assertThat(text(rows).get(1)).startsWith("{\"text\":null");
  }

  @Test
  void readsCsvLikeJsonWithoutQuotes() throws IOException {
    assertThat(
            read(
                "rows.csv",
                "text,tiny,price,instant,numbers\n7,7,7.5,2026-11-24 10:15:00Z,\"[1,2]\"\n,,,,\n"))
        .isEqualTo(
            read(
                "rows.jsonl",
                "{\"text\":\"7\",\"tiny\":7,\"price\":7.5,\"instant\":\"2026-11-24T10:15:00Z\","
                    + "\"numbers\":[1,2]}\n{}\n"));
  }

  private List<Row> read(String name, String text) throws IOException {
    return RowFile.read(Files.writeString(folder.resolve(name), text), COLUMNS, Set.of());
  }

  private static List<String> text(List<Row> rows) {
    return rows.stream().map(row -> RowText.line(RowText.json(row, COLUMNS))).toList();
  }
}
