package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.outflow.format.Utf8Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInputTest {
  private static final long SEED = 20_261_130;
  private static final int DOCUMENTS = 60_000;
  private static final String PIECES = "{}[]\":,\\u00e9n0123456789.eE+-tfruals \t\u0001é€";

  private static final JsonFactory JACKSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  private final JsonInput json = new JsonInput();

  @Test
  void acceptsWhatJacksonAcceptsAndFindsTheSameScalars() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int document = 0; document < DOCUMENTS; document++) {
      byte[] text = changed(document(random, 3), random).getBytes(UTF_8);

      List<String> ours = ours(text);

      assertThat(ours).as(new String(text, UTF_8)).isEqualTo(jacksons(text));
      accepted += ours == null ? 0 : 1;
    }
    assertThat(accepted).isBetween(DOCUMENTS / 4, DOCUMENTS * 3 / 4);
  }

  @Test
  void rejectsArbitraryBytesWithoutOtherFailures() {
    Random random = new Random(SEED);
    for (int document = 0; document < DOCUMENTS; document++) {
      byte[] text = document(random, 2).getBytes(UTF_8);
      for (int change = random.nextInt(4); change > 0 && text.length > 0; change--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt();
      }

      List<String> ours = ours(text);

      boolean isWide = text.length > 1 && (text[0] <= 0 || text[1] == 0);
      if (ours != null && !isWide) {
        assertThat(Utf8Text.isValid(text)).as(new String(text, ISO_8859_1)).isTrue();
      }
    }
  }

  @Test
  void readsWhatPrecedesInvalidUtf8() throws Exception {
    byte[] text = "{\"a\":1}{\"b\":\"?\"}".getBytes(UTF_8);
    text[13] = (byte) 0xff;

    json.open(text);
    json.read(json.next());

    assertThat(json.hasNext()).isTrue();
    assertThatIOException()
        .isThrownBy(() -> json.read(json.next()))
        .withMessage("invalid UTF-8 at byte 13");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 8, 9, 15, 16, 17, 100})
  void findsTheEndOfTextsOfAnyLength(int length) throws Exception {
    String text = "é".repeat(length % 3) + "x".repeat(length);
    json.open(("\"" + text + "\\n\\u0022\" \"" + text + "\"").getBytes(UTF_8));

    json.read(json.next());
    assertThat(json.text()).isEqualTo(text + "\n\"");
    assertThat(json.isEscaped()).isTrue();

    json.read(json.next());
    assertThat(json.text()).isEqualTo(text);
    assertThat(json.isEscaped()).isFalse();
    assertThat(json.hasNext()).isFalse();
  }

  @Test
  void rejectsValuesThatAreNestedTooDeep() throws Exception {
    json.open("[".repeat(1000).concat("]".repeat(1000)).getBytes(UTF_8));
    json.read(json.next());
    json.open("[".repeat(1_000_000).getBytes(UTF_8));

    assertThatIOException()
        .isThrownBy(() -> json.read(json.next()))
        .withMessage("values are nested more than 1000 deep");
  }

  @Test
  void namesWhatItExpected() throws Exception {
    json.open("{\"a\" 1}".getBytes(UTF_8));

    assertThatIOException()
        .isThrownBy(() -> json.read(json.next()))
        .withMessage("expected a colon at byte 5 but found '1'");
  }

  /** Returns the names and scalars of all documents; null if the text is not JSON. */
  private List<String> ours(byte[] text) {
    List<String> found = new ArrayList<>();
    try {
      json.open(text);
      while (json.hasNext()) {
        collect(found);
      }
      return found;
    } catch (IOException e) {
      return null;
    }
  }

  private void collect(List<String> found) throws IOException {
    JsonType type = json.next();
    switch (type) {
      case OBJECT -> {
        for (boolean more = json.enter('}'); more; more = json.more('}')) {
          found.add(json.name());
          collect(found);
        }
      }
      case ARRAY -> {
        for (boolean more = json.enter(']'); more; more = json.more(']')) {
          collect(found);
        }
      }
      default -> {
        json.read(type);
        found.add(
            type == JsonType.TEXT
                ? json.text()
                : Utf8Text.decode(json.bytes(), json.from(), json.to()));
      }
    }
  }

  private static List<String> jacksons(byte[] text) {
    List<String> found = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() || token == JsonToken.FIELD_NAME) {
          found.add(parser.getText());
        }
      }
      return found;
    } catch (IOException e) {
      return null;
    }
  }

  private static String document(Random random, int depth) {
    String space = random.nextInt(4) == 0 ? " \n" : "";
    return space
        + switch (random.nextInt(depth > 0 ? 9 : 6)) {
          case 0 -> "null";
          case 1 -> "true";
          case 2 -> "\"\\\"a\\\\b\\n\\u00e9\\ud83d\\ude00\"";
          case 3 -> "\"" + "text €".repeat(random.nextInt(4)) + "\"";
          case 4 -> String.valueOf(random.nextInt());
          case 5 -> (random.nextInt(2000) - 1000) / 10.0 + "e" + random.nextInt(30);
          case 6 -> "[%s, %s]".formatted(document(random, depth - 1), document(random, depth - 1));
          case 7 -> random.nextBoolean() ? "[]" : "{ }";
          default ->
              "{\"a\" : %s,\"\\u0062 é\":%s}"
                  .formatted(document(random, depth - 1), document(random, depth - 1));
        }
        + space;
  }

  /** Returns a document with a few characters removed, inserted or replaced, or unchanged. */
  private static String changed(String document, Random random) {
    StringBuilder text = new StringBuilder(document);
    for (int change = random.nextInt(3); change > 0 && !text.isEmpty(); change--) {
      int at = random.nextInt(text.length());
      String piece = PIECES.substring(at % PIECES.length()).substring(0, 1);
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, piece);
        default -> text.replace(at, at + 1, piece);
      }
    }
    return text.toString();
  }
}
