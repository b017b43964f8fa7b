package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8TextTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 17})
  void findsEveryByteAboveAsciiInsideOfAPartAndNoneOutside(int length) {
    int from = 3;
    int to = from + length;
    for (int at = 0; at < to + from; at++) {
      byte[] text = "x".repeat(to + from).getBytes(UTF_8);
      text[at] = (byte) 0x80;
      assertThat(Utf8Text.isAscii(text, from, to)).isEqualTo(at < from || at >= to);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 8, 11})
  void acceptsAscii(int length) {
    assertThat(Utf8Text.isAscii("\u007f".repeat(length).getBytes(UTF_8))).isTrue();
  }
}
