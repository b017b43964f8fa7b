package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outflow.option.InvalidOptionsException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fields that are not columns, as one more column. */
class UndeclaredFieldsTest {
  private static final RowType TYPE =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("id", DataTypes.INT()),
                  DataTypes.FIELD(
                      "customer", DataTypes.ROW(DataTypes.FIELD("name", DataTypes.STRING()))))
              .getLogicalType();

  private MessageReader reader;

  @BeforeEach
  void open() throws Exception {
    reader =
        InstantiationUtil.clone(
            MessageReaders.find("input 'i'", "json", Map.of(), TYPE, true).orElseThrow());
    reader.open(null);
  }

  @Test
  void keepsValuesExactlyAsTheyAreWritten() {
    assertUndeclared(
        "{\"id\":1, \"n\" : 1.50e+3,\"big\":123456789012345678901234567890.10 , \"zero\":-0.0}",
        "{\"n\" : 1.50e+3,\"big\":123456789012345678901234567890.10,\"zero\":-0.0}");
    assertUndeclared(
        "{\"a\":null,\"id\":1,\"b\":[1, {\"x\" :2}] ,\"c\":{ \"y\":\"}\\\"\" },\"d\":\"\"}",
        "{\"a\":null,\"b\":[1, {\"x\" :2}],\"c\":{ \"y\":\"}\\\"\" },\"d\":\"\"}");
    assertUndeclared(
        "{\"\\u00e9\":\"\\ud83d\\ude00\",\"é\\n\":\"😀\",\"id\":1,\"t\":true,\"f\":false}",
        "{\"\\u00e9\":\"\\ud83d\\ude00\",\"é\\n\":\"😀\",\"t\":true,\"f\":false}");
  }

  @Test
  void readsTheSameFromObjectsWithTheSameFields() {
    String message =
        "{\"a\":1,\"id\":2,\"b\":\"x\",\"customer\":{\"name\":\"n\",\"more\":3},\"c\":[]}";
    for (int repetition = 0; repetition < 3; repetition++) {
      assertUndeclared(message, "{\"a\":1,\"b\":\"x\",\"c\":[]}");
      assertUndeclared("{\"c\":0,\"b\":1}", "{\"c\":0,\"b\":1}");
    }
  }

  @Test
  void isAnEmptyObjectIfEverythingIsDeclared() {
    assertUndeclared("{\"id\":1}", "{}");
    assertUndeclared("{ }", "{}");
  }

  @Test
  void ofANameThatOccursTwiceTheLastFieldCounts() {
    assertUndeclared("{\"a\":1,\"b\":2,\"\\u0061\":3,\"id\":1,\"a\":4}", "{\"b\":2,\"a\":4}");
  }

  @Test
  void namesAreCaseSensitive() {
    assertUndeclared("{\"ID\":1}", "{\"ID\":1}");
  }

  @Test
  void remembersNoFieldsOfABadRow() {
    ReadRows rows = read("[{\"a\":1,\"id\":\"x\"},{\"b\":2}]".getBytes(UTF_8));

    assertThat(rows.texts()).containsExactly("1 CONVERSION id: the text is not a valid INT");
    assertThat(rows.rows())
        .extracting(row -> row.getString(2).toString())
        .containsExactly("{\"b\":2}");
  }

  @Test
  void eachDocumentHasItsOwn() {
    ReadRows rows = read("{\"a\":1} {\"b\":2}\n[{\"c\":3},{}]".getBytes(UTF_8));

    assertThat(rows.rows())
        .extracting(row -> row.getString(2).toString())
        .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}", "{}");
  }

  @Test
  void keepsFieldsOfManyNames() throws Exception {
    String message =
        IntStream.range(0, 3000)
            .mapToObj(number -> "\"f%d\":%d".formatted(number, number))
            .collect(Collectors.joining(",", "{", ",\"f2999\":-1}"));
    String expected = message.replace("\"f2999\":2999,", "");

    assertUndeclared(message, expected);
    assertUndeclared(message, expected);
  }

  @Test
  void readsOtherEncodingsAsUtf8() {
    String message = "{\"id\":1,\"é\":\"ü😀\"}";

    assertUndeclared(message.getBytes(UTF_16LE), "{\"é\":\"ü😀\"}");
    assertUndeclared(("\ufeff" + message).getBytes(UTF_8), "{\"é\":\"ü😀\"}");
  }

  @Test
  void isValidJsonAlsoIfTheMessageHasControlCharacters() throws Exception {
    String message = "{\"a\":\"x\ty\\\\\",\n\t\"b\\\"\": {\"c\": \"\u0001\"}, \"id\":\n1}";
    ReadRows rows = read(message.getBytes(UTF_8));

    String text = rows.rows().get(0).getString(2).toString();
    assertThat(text).isEqualTo("{\"a\":\"x\\u0009y\\\\\",\"b\\\"\": {\"c\": \"\\u0001\"}}");
    assertThat(new JsonMapper().readTree(text).path("a").textValue()).isEqualTo("x\ty\\");
  }

  @Test
  void rejectsTextThatIsNotUtf8() {
    assertThat(read("{\"id\":1,\"a\":[\"é\"]}".getBytes(ISO_8859_1)).texts())
        .singleElement()
        .asString()
        .startsWith("1 MALFORMED -: cannot decode");
  }

  @Test
  void rejectsColumnsThatStayWithFlink() {
    RowType type =
        (RowType)
            DataTypes.ROW(DataTypes.FIELD("m", DataTypes.MAP(DataTypes.INT(), DataTypes.INT())))
                .getLogicalType();

    assertThatThrownBy(() -> MessageReaders.find("input 'i'", "json", Map.of(), type, true))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessage(
            "columns: METADATA FROM 'undeclared' is not supported for tables with a column of type MAP<INT, INT>, here 'm'; remove it or change the column");
  }

  private ReadRows read(byte[] message) {
    ReadRows rows = new ReadRows();
    try {
      reader.read(message, rows);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  private void assertUndeclared(String message, String expected) {
    assertUndeclared(message.getBytes(UTF_8), expected);
  }

  private void assertUndeclared(byte[] message, String expected) {
    ReadRows rows = read(message);
    assertThat(rows.texts()).isEmpty();
    List<RowData> read = rows.rows();
    assertThat(read).extracting(row -> row.getString(2).toString()).containsExactly(expected);
  }
}
