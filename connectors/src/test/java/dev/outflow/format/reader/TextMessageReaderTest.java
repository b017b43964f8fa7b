package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class TextMessageReaderTest {
  @Test
  void keepsTextAndBytesAsTheyAre() {
    assertThat(read(VarCharType.STRING_TYPE, " Zürich\n")).isEqualTo(" Zürich\n");
    assertThat(read(VarCharType.STRING_TYPE, "")).isEqualTo("");
    assertThat(read(new VarBinaryType(2), "ab")).isEqualTo("[97, 98]");
  }

  @Test
  void rejectsWhatIsNotExactlyOneValueOfTheType() {
    assertThat(read(new BigIntType(), "7")).isEqualTo("7");
    assertThat(read(new BigIntType(), "")).isEqualTo("id: the text is not a valid BIGINT");
    assertThat(read(new BigIntType(), " 7")).isEqualTo("id: the text is not a valid BIGINT");
    assertThat(read(new BigIntType(), "\"7\"")).isEqualTo("id: the text is not a valid BIGINT");
    assertThat(read(new VarCharType(2), "abc"))
        .isEqualTo("id: a text of more than 2 characters is not a valid VARCHAR(2)");
    assertThat(read(new VarBinaryType(2), "abc"))
        .isEqualTo("id: more than 2 bytes are not a valid VARBINARY(2)");
    assertThat(read(VarCharType.STRING_TYPE, new byte[] {'a', (byte) 0xff}))
        .isEqualTo("id: the text is not UTF-8");
  }

  private static String read(LogicalType type, String message) {
    return read(type, message.getBytes(UTF_8));
  }

  /** Returns the value, or the column and what is wrong. */
  private static String read(LogicalType type, byte[] message) {
    TextMessageReader reader = new TextMessageReader("id", type);
    reader.open(null);
    List<String> found = new ArrayList<>();
    reader.read(
        message,
        new RowConsumer() {
          @Override
          public void row(RowData row) {
            Object value = ((GenericRowData) row).getField(0);
            found.add(
                value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
          }

          @Override
          public void invalid(int number, InvalidValueException problem) {
            found.add(problem.column().orElse("") + ": " + problem.getMessage());
          }
        });
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
