package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectFieldsTest {
  private final ObjectFields fields = new ObjectFields(Set.of("id", "é"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{}                                  | ''                    | 0",
        "'  { }  '                           | ''                    | 0",
        "{\"a\":1.50,\"b\":[{\"id\":2}]}     | \"a\":1.50,\"b\":[{\"id\":2}] | 0",
        "{\"id\":1}                          | ''                    | 1",
        "{\"id\":1,\"a\":2}                  | \"a\":2               | 1",
        "{\"a\":1 , \"id\":{\"x\":1},\"b\":3}| \"a\":1,\"b\":3       | 1",
        "{\"a\":1,\"\\u00e9\":[],\"id\":0,\"b\":\"é\"} | \"a\":1,\"b\":\"é\" | 2",
        "{\"a\":\",\",\"id\":0}              | \"a\":\",\"           | 1",
      })
  void leavesOutReservedNamesAndNothingElse(String object, String expected, int clashes)
      throws IOException {
    assertThat(new String(fields.of(object.getBytes(UTF_8)), UTF_8)).isEqualTo(expected);
    assertThat(fields.clashes()).isEqualTo(clashes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "1",
        "[]",
        "\"{}\"",
        "{",
        "{\"a\":1}}",
        "{\"a\":1} {}",
        "{\"a\":01}",
        "{\"a\":\"\t\"}",
        "{a:1}",
        "{\"a\":1,}"
      })
  void rejectsWhatIsNotOneObject(String text) {
    assertThatThrownBy(() -> fields.of(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
  }

  @Test
  void rejectsNamesThatOccurTwice() {
    assertThatThrownBy(() -> fields.of("{\"a\":1,\"\\u0061\":2}".getBytes(UTF_8)))
        .hasMessageStartingWith("a field occurs twice");
  }
}
