package dev.outflow.kafka.header;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encodings are written by hand from the AMQP 1.0 specification, part 1. */
class HeaderEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "41, true",
    "42, false",
    "5601, true",
    "5600, false",
    "43, 0",
    "44, 0",
    "50ff, 255",
    "51ff, -1",
    "52ff, 255",
    "53ff, 255",
    "5480, -128",
    "557f, 127",
    "60ffff, 65535",
    "618000, -32768",
    "70ffffffff, 4294967295",
    "7180000000, -2147483648",
    "80ffffffffffffffff, 18446744073709551615",
    "818000000000000000, -9223372036854775808",
    "723fc00000, 1.5",
    "82c004000000000000, -2.5",
    "730001f600, 😀",
    "7432000001, 0.1",
    "8431c00000000007c6, 1990",
    "943040000000000000000000000000002a, 42",
    "94303c00000000000000000000000007c6, 19.90",
    "94b03c00000000000000000000000007c6, -19.90",
    "7478000000, Infinity",
    "83000001934f42dbd0, 2024-11-21T15:06:42Z",
    "98f81d4fae7dec11d0a76500a0c91e6bf6, f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "a00300ff10, AP8Q",
    "b00000000100, AA==",
    "a1075ac3bc72696368, Zürich",
    "b10000000161, a",
    "a30161, a",
    "b30000000161, a",
    "a100, ''",
    "00a311636f6d2e6d6963726f736f66743a757269a10968747470733a2f2f61, https://a",
    "00a316636f6d2e6d6963726f736f66743a74696d657370616e8100000000014fb180, PT2.2S",
  })
  void decodesEachTypeThatAnApplicationPropertyCanHave(String hex, String text) {
    assertThat(HeaderEncoding.AMQP.decode(HexFormat.of().parseHex(hex))).isEqualTo(text);
  }

  @Test
  void decodesTheTimesWithAnOffsetOfMicrosoftsClients() {
    byte[] name = "com.microsoft:datetime-offset".getBytes(UTF_8);
    String hex =
        "00a3%02x%s81%016x"
            .formatted(
                name.length,
                HexFormat.of().formatHex(name),
                621_355_968_000_000_000L + 10_000_000L * 1_000 + 5_000_000);

    assertThat(HeaderEncoding.AMQP.decode(HexFormat.of().parseHex(hex)))
        .isEqualTo("1970-01-01T00:16:40.500Z");
  }

  @Test
  void decodesNull() {
    assertThat(HeaderEncoding.AMQP.decode(new byte[] {0x40})).isNull();
  }

  /** Among them what starts like an AMQP value: a short, a string and an array. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "orders", "abcd", "tr", "00-4bf92f3577b34da6-01"})
  void readsWhatIsNotAnAmqpValueAsText(String text) {
    assertThat(HeaderEncoding.AMQP.decode(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a105616263", "b1ffffffff", "b100", "a1", "00", "00a1", "00a10161", "45"})
  void readsTruncatedAndUnsupportedValuesAsText(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(HeaderEncoding.AMQP.decode(bytes)).isEqualTo(new String(bytes, UTF_8));
  }

  @Test
  void utf8NeverInterpretsTypes() {
    assertThat(HeaderEncoding.UTF_8.decode("A".getBytes(UTF_8))).isEqualTo("A");
    assertThat(HeaderEncoding.UTF_8.decode("trade".getBytes(UTF_8))).isEqualTo("trade");
    assertThat(HeaderEncoding.UTF_8.decode(new byte[] {(byte) 0xff})).isEqualTo("\uFFFD");
  }
}
