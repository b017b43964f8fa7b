package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.option.InvalidOptionsException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as a whole; {@link ValuesPageTest} has the values. */
class MessageReadersTest {
  private static final RowType ROWS =
      type(
          DataTypes.FIELD("n", DataTypes.INT().notNull()),
          DataTypes.FIELD("name", DataTypes.STRING()));
  private static final RowType NAMES = type(DataTypes.FIELD("name", DataTypes.STRING()));
  private static final RowType TIMES = type(DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":1,\"name\":\"a\"}{\"n\":2,\"name\":\"b\"}",
        "[{\"n\":1,\"name\":\"a\"}, {\"name\":\"b\",\"x\":{\"n\":3},\"n\":2}]",
        "{\"n\":1,\"name\":\"a\"}\n[ ]\n[{\"n\":7,\"n\":2,\"name\":\"b\"}]"
      })
  void readsEachJsonObjectAsARow(String message) throws Exception {
    ReadRows read = json(ROWS, message);

    assertThat(read.rows()).containsExactly(row(1, "a"), row(2, "b"));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void readsTheGoodJsonRowsAroundBadOnes() throws Exception {
    ReadRows read =
        json(
            ROWS,
            "[{\"n\":1,\"name\":\"a\"},{\"n\":{\"n\":5,\"name\":\"x\"},\"y\":[{}]},5,[{}],null,{\"name\":\"x\"},{\"n\":2,\"name\":\"b\"}]");

    assertThat(read.rows()).containsExactly(row(1, "a"), row(2, "b"));
    assertThat(read.texts())
        .containsExactly(
            "2 CONVERSION n: an object is not a valid INT",
            "3 MALFORMED -: a JSON document must be an object or an array of objects",
            "4 MALFORMED -: a JSON document must be an object or an array of objects",
            "5 MALFORMED -: a JSON document must be an object or an array of objects",
            "6 MISSING n: is null but declared NOT NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"n\":1,\"name\":\"a\"} {\"n\":2, | 2 MALFORMED -: cannot decode the rest of the message as json",
        "{\"n\":1,\"name\":\"a\"} x | 2 MALFORMED -: cannot decode the rest of the message as json",
        "[{\"n\":1,\"name\":\"a\"},{\"n\":\"x\"] | 2 MALFORMED -: cannot decode the rest of the message as json"
      })
  void readsTheJsonRowsBeforeASyntaxError(String message, String problem) throws Exception {
    ReadRows read = json(ROWS, message);

    assertThat(read.rows()).containsExactly(row(1, "a"));
    assertThat(read.texts()).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "{\"n\":\"x\",", "{'n':1}", "\ufeff", "{\"n\":01}"})
  void rejectsWhatIsNotJson(String message) throws Exception {
    ReadRows read = json(ROWS, message);

    assertThat(read.rows()).isEmpty();
    assertThat(read.texts())
        .containsExactly(
            "1 MALFORMED -: cannot decode %d bytes as json"
                .formatted(message.getBytes(UTF_8).length));
  }

  @Test
  void hasNoRowForATombstone() throws Exception {
    assertThat(ReadRows.of("json", Map.of(), ROWS, null)).isEqualTo(new ReadRows());
    assertThat(ReadRows.of("csv", Map.of(), ROWS, null)).isEqualTo(new ReadRows());
  }

  @Test
  void readsEachUnicodeEncodingOfJson() throws Exception {
    String message = "{\"n\":1,\"name\":{\"größe\":\"名\"}}";
    for (Charset charset : List.of(UTF_8, UTF_16, UTF_16LE, Charset.forName("UTF-32"))) {
      assertThat(ReadRows.of("json", Map.of(), ROWS, message.getBytes(charset)).rows())
          .as("%s", charset)
          .containsExactly(row(1, "{\"größe\":\"名\"}"));
    }
    assertThat(json(ROWS, "\ufeff" + message).rows()).containsExactly(row(1, "{\"größe\":\"名\"}"));
  }

  @Test
  void findsFieldsInAnyOrderAgainAndAgain() throws Exception {
    MessageReader reader = ReadRows.reader("json", Map.of(), ROWS);
    ReadRows read = new ReadRows();
    for (String message :
        List.of(
            "{\"n\":1,\"name\":\"a\"}",
            "{\"name\":\"a\",\"n\":1}",
            "{}",
            "{\"x\":1,\"n\":1,\"y\":[{\"n\":2}],\"name\":\"a\"}",
            "{\"x\":1,\"n\":1,\"y\":[{\"n\":2}],\"name\":\"a\"}",
            "{\"n\":1}",
            "{\"\\ud83d\":1,\"😀\":2,\"n\":1,\"name\":\"a\"}",
            "{\"\\ud83d\":1,\"😀\":2,\"n\":1,\"name\":\"a\"}",
            "{\"\\u006e\":1,\"name\":\"a\"}")) {
      reader.read(message.getBytes(UTF_8), read);
    }

    RowData full = row(1, "a");
    assertThat(read.rows())
        .containsExactly(full, full, full, full, GenericRowData.of(1, null), full, full, full);
  }

  @Test
  void requiresEachFieldWithFailOnMissingField() throws Exception {
    ReadRows read =
        ReadRows.of(
            "json",
            Map.of("fail-on-missing-field", "true"),
            ROWS,
            "{\"n\":1} {\"n\":1,\"name\":null}".getBytes(UTF_8));

    assertThat(read.texts())
        .containsExactly("1 MISSING name: a field declared by the table is missing");
    assertThat(read.rows()).containsExactly(GenericRowData.of(1, null));
  }

  @Test
  void readsEachCsvLineAsARow() throws Exception {
    ReadRows read = csv(ROWS, "1,a\r\n\r\n  \n2,\"b\"\n");

    assertThat(read.rows()).containsExactly(row(1, "a"), row(2, "b"));
    assertThat(read.problems()).isEmpty();
    assertThat(csv(ROWS, "\ufeff1,a").rows()).containsExactly(row(1, "a"));
    assertThat(ReadRows.of("csv", Map.of(), ROWS, "1,a".getBytes(UTF_16)).rows())
        .containsExactly(row(1, "a"));
  }

  @Test
  void ignoresAnEmptyFieldAtTheEndOfALine() throws Exception {
    assertThat(csv(ROWS, "1,a,").rows()).containsExactly(row(1, "a"));
    assertThat(csv(ROWS, "1,a,,").texts())
        .containsExactly("1 MALFORMED -: the record has 4 fields but the table has 2 columns");
  }

  @Test
  void readsANullLiteralWithTheEscapeCharacter() throws Exception {
    RowType texts = RowType.of(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE);
    Map<String, String> options = Map.of("null-literal", "\\N", "escape-character", "\\");
    RowData nulls = GenericRowData.of(null, null);
    String message = "\\N,\\N\nN,\\\\NN\n\"N\",\\NN\r\n\\N,\\N\r\né\\,\\N,\\N\n\\N,\\N";

    assertThat(ReadRows.of("csv", options, texts, message.getBytes(UTF_8)).rows())
        .containsExactly(
            nulls, texts("N", "\\NN"), texts("N", "NN"), nulls, texts("é,N", null), nulls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#1,a", " #1,a", "#1,a\n", "#1,a\n#2,b"})
  void skipsCommentsOfCsv(String comments) throws Exception {
    RowType texts = RowType.of(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE);
    Map<String, String> options = Map.of("allow-comments", "true");

    assertThat(ReadRows.of("csv", options, texts, comments.getBytes(UTF_8)))
        .isEqualTo(new ReadRows());
    assertThat(ReadRows.of("csv", Map.of(), texts, "#1,a".getBytes(UTF_8)).rows())
        .containsExactly(texts("#1", "a"));
  }

  @Test
  void readsTheGoodCsvLinesAroundBadOnes() throws Exception {
    ReadRows read = csv(ROWS, "1,a\nx,a\n1\n1,a,b\n\"\"\n2,b\n3,\"c");

    assertThat(read.rows()).containsExactly(row(1, "a"), row(2, "b"));
    assertThat(read.texts())
        .containsExactly(
            "2 CONVERSION n: the text is not a valid INT",
            "3 MISSING -: the record has 1 fields but the table has 2 columns",
            "4 MALFORMED -: the record has 3 fields but the table has 2 columns",
            "5 MISSING -: the record has 1 fields but the table has 2 columns",
            "7 MALFORMED -: cannot decode the rest of the message as csv");
  }

  @Test
  void rejectsBlankCsvAndBytesThatAreNotText() throws Exception {
    assertThat(csv(ROWS, " \n").texts())
        .containsExactly("1 MALFORMED -: cannot decode 2 bytes as csv");
    assertThat(ReadRows.of("csv", Map.of(), ROWS, new byte[] {'1', ',', (byte) 0xe9}).texts())
        .containsExactly("1 MALFORMED -: cannot decode 3 bytes as csv");
  }

  @Test
  void readsABlankRecordOfOneColumnAsARow() throws Exception {
    assertThat(csv(NAMES, "").rows()).containsExactly(row(""));
    assertThat(csv(NAMES, "\"\"").rows()).containsExactly(row(""));
    assertThat(csv(NAMES, " \n").rows()).containsExactly(row(" "));
    assertThat(csv(NAMES, "\u2028\n\u2029").rows()).containsExactly(row("\u2028"), row("\u2029"));
    assertThat(csv(NAMES, "a\n\n\"b\"\n").rows()).containsExactly(row("a"), row("b"));
    assertThat(csv(TIMES, "").rows()).containsExactly(GenericRowData.of((Object) null));
  }

  @Test
  void findsCsvColumnsByTheHeader() throws Exception {
    MessageReader reader = ReadRows.reader("csv", Map.of("header", "true"), ROWS);
    ReadRows read = new ReadRows();
    for (String message : List.of("name, n ,x\na,1,7\nb,2,8\n", "n\n3", "name\nc", "n,name\n4")) {
      reader.read(message.getBytes(UTF_8), read);
      if (!read.problems().isEmpty()) {
        read.rows().add(row(read.texts().toString()));
        read.problems().clear();
      }
    }

    assertThat(read.rows())
        .containsExactly(
            row(1, "a"),
            row(2, "b"),
            GenericRowData.of(3, null),
            row("[1 MISSING n: is null but declared NOT NULL]"),
            row("[1 MISSING -: the record has 1 fields but the header has 2]"));
  }

  @ParameterizedTest
  @CsvSource({
    "s,1795428900",
    "ms,1795428900000",
    "us,1795428900000000",
    "ns,1795428900000000000",
    "s,1.7954289e9"
  })
  void readsNumbersAsTimesInTheUnit(String unit, String number) throws Exception {
    RowData row = GenericRowData.of(TimestampData.fromEpochMillis(1_795_428_900_000L));
    Map<String, String> options = Map.of("epoch-unit", unit);

    assertThat(
            ReadRows.of("json", options, TIMES, "{\"at\":%s}".formatted(number).getBytes(UTF_8))
                .rows())
        .containsExactly(row);
    assertThat(ReadRows.of("csv", options, TIMES, number.getBytes(UTF_8)).rows())
        .containsExactly(row);
    assertThat(
            ReadRows.of("json", options, TIMES, "{\"at\":\"2026-11-23T10:15Z\"}".getBytes(UTF_8))
                .problems())
        .isEmpty();
  }

  @Test
  void cutsEpochFractionsTowardsThePast() throws Exception {
    assertThat(
            ReadRows.of("json", Map.of("epoch-unit", "us"), TIMES, "{\"at\":-1}".getBytes(UTF_8))
                .rows())
        .containsExactly(GenericRowData.of(TimestampData.fromEpochMillis(-1)));
    assertThat(
            ReadRows.of(
                    "json",
                    Map.of("epoch-unit", "s"),
                    TIMES,
                    "{\"at\":9223372036854775807}".getBytes(UTF_8))
                .texts())
        .containsExactly("1 CONVERSION at: the number is out of range for TIMESTAMP_LTZ(3)");
  }

  @Test
  void namesThePathOfANestedValue() throws Exception {
    RowType nested =
        type(
            DataTypes.FIELD(
                "r",
                DataTypes.ROW(
                    DataTypes.FIELD(
                        "a",
                        DataTypes.ARRAY(
                            DataTypes.MAP(
                                DataTypes.STRING(),
                                DataTypes.ROW(
                                    DataTypes.FIELD("b", DataTypes.INT().notNull()))))))));

    assertThat(json(nested, "{\"r\":{\"a\":[null,{\"secret\":{\"b\":null}}]}}").texts())
        .containsExactly("1 MISSING r.a[1].*.b: is null but declared NOT NULL");
  }

  @Test
  void reportsAFieldThatDiffersInCaseOnlyOnce() {
    List<String> reported = new ArrayList<>();
    JsonFields fields =
        new JsonFields(
            List.of(new JsonField("id", 0, json -> null)),
            (field, column) -> reported.add(field + " " + column));
    for (int number = 0; number < 5000; number++) {
      fields.find("ID");
      fields.find("id");
      fields.find("other" + number);
    }

    assertThat(reported).containsExactly("ID id");
  }

  @Test
  void leavesOtherTypesAndOptionsToFlink() {
    RowType variant = type(DataTypes.FIELD("v", DataTypes.VARIANT()));
    RowType array = type(DataTypes.FIELD("a", DataTypes.ARRAY(DataTypes.INT())));

    assertThat(find("json", Map.of(), variant)).isEmpty();
    assertThat(find("csv", Map.of(), array)).isEmpty();
    assertThat(find("json", Map.of(), array)).isPresent();
    assertThat(find("json", Map.of("json.ignore-parse-errors", "true"), ROWS)).isEmpty();
    assertThat(find("avro", Map.of(), ROWS)).isEmpty();
    assertThatThrownBy(() -> find("csv", Map.of("csv.header", "true"), array))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessage(
            "csv.header: is not supported for tables with a column of type ARRAY<INT>, here 'a'; remove it or change the column");
  }

  private static Optional<MessageReader> find(
      String format, Map<String, String> options, RowType type) {
    return MessageReaders.find("input 'i'", format, options, type);
  }

  private static ReadRows json(RowType type, String message) throws Exception {
    return ReadRows.of("json", Map.of(), type, message.getBytes(UTF_8));
  }

  private static ReadRows csv(RowType type, String message) throws Exception {
    return ReadRows.of("csv", Map.of(), type, message.getBytes(UTF_8));
  }

  private static RowType type(DataTypes.Field... fields) {
    DataType row = DataTypes.ROW(fields);
    return (RowType) row.getLogicalType();
  }

  private static RowData row(int n, String name) {
    return GenericRowData.of(n, StringData.fromString(name));
  }

  private static RowData texts(String one, String other) {
    return GenericRowData.of(StringData.fromString(one), StringData.fromString(other));
  }

  private static RowData row(String name) {
    return GenericRowData.of(StringData.fromString(name));
  }
}
