package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvFieldsTest {
  private static final long SEED = 20_261_130;
  private static final int LINES = 100_000;
  private static final String CHARACTERS = "ab1 ,,,;#\"\"'\\\t\r\né";
  private static final CsvFactory JACKSON = new CsvFactory();

  private static final List<CsvSchema> DIALECTS =
      List.of(
          CsvSchema.emptySchema(),
          CsvSchema.emptySchema().withColumnSeparator(';').withQuoteChar('\''),
          CsvSchema.emptySchema().withEscapeChar('\\'),
          CsvSchema.emptySchema().withComments(),
          CsvSchema.emptySchema().withoutQuoteChar().withColumnSeparator('\t'));

  @Test
  void splitsPlainLinesAsJacksonAndLeavesOthersToIt() throws Exception {
    Random random = new Random(SEED);
    for (CsvSchema dialect : DIALECTS) {
      CsvFields fields = new CsvFields(dialect, 2);
      int split = 0;
      for (int number = 0; number < LINES; number++) {
        String line = line(random);
        if (fields.split(line.getBytes(UTF_8))) {
          assertThat(texts(fields)).as(line).isEqualTo(jacksons(line, dialect));
          split++;
        }
      }
      assertThat(split).isGreaterThan(LINES / 4);
    }
  }

  @Test
  void keepsFieldsOfAnyNumberAndSize() {
    CsvFields fields = new CsvFields(CsvSchema.emptySchema(), 1);
    for (int line = 0; line < 3; line++) {
      List<String> expected =
          IntStream.range(0, 300).mapToObj(field -> "é" + "x".repeat(field % 17)).toList();
      fields.clear();
      expected.forEach(fields::add);

      assertThat(texts(fields)).isEqualTo(expected);
    }
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder();
    // Few of the last characters, which no plain line has.
    int last = random.nextInt(3) == 0 ? CHARACTERS.length() : CHARACTERS.indexOf('\\');
    for (int length = random.nextInt(12); length > 0; length--) {
      line.append(CHARACTERS.charAt(random.nextInt(last)));
    }
    return line.toString();
  }

  private static List<String> texts(CsvFields fields) {
    return IntStream.range(0, fields.count()).mapToObj(fields::text).toList();
  }

  private static List<String> jacksons(String line, CsvSchema dialect) throws IOException {
    List<String> texts = new ArrayList<>();
    try (CsvParser csv = JACKSON.createParser(line)) {
      csv.setSchema(dialect);
      assertThat(csv.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      while (csv.nextToken() != JsonToken.END_ARRAY) {
        texts.add(csv.getText());
      }
      assertThat(csv.nextToken()).isNull();
    }
    return texts;
  }
}
