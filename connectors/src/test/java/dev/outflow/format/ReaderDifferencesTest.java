package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.ReadRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads generated and changed messages with Outflow's readers and Flink's: they read the same row,
 * or both reject it, except for named differences, which {@code docs/values.md} explains. For more
 * values, set {@code -Dvalues=2500000} and {@code -Dseed}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderDifferencesTest {
  private static final int VALUES = Integer.getInteger("values", 250_000);
  private static final long SEED = Long.getLong("seed", 20_261_129);
  private static final int ROWS = 40;

  /**
   * Flink takes seconds to read a DECIMAL with a large exponent, and reads a blank first line as a
   * row.
   */
  private static final Pattern NOT_COMPARED = Pattern.compile("[eE][-+]?[0-9]{4}|^[\r\n]");

  /** As the parser of JSON and the JDK's decoder call it. */
  private static final Pattern NOT_UTF_8 = Pattern.compile("invalid UTF-8 at byte|Input length = ");

  /** What only Outflow rejects, by its message. */
  private static final Map<Pattern, String> STRICTER = new LinkedHashMap<>();

  static {
    stricter("a text of more than .* characters .*|more than .* bytes .*", "lengths");
    stricter("is null but declared NOT NULL", "NOT NULL");
    stricter(".* BOOLEAN", "BOOLEAN from other values");
    stricter("a number with a fraction .* (INT|BIGINT|INTERVAL .*)", "fractions of INT and BIGINT");
    stricter(".* out of range for (FLOAT|DOUBLE)", "FLOAT and DOUBLE out of range");
    stricter(".* DECIMAL.*", "DECIMAL with too many digits");
    stricter("the text is not a valid (TINY|SMALL|BIG)?INT", "control characters around numbers");
    stricter("the record has .* fields but .*", "extra blank fields");
    stricter("cannot decode 0 bytes as json", "empty messages");
    stricter("the text is not a valid (DATE|TIME).*", "dates and times in Java's forms");
    stricter("the text is not a valid (FLOAT|DOUBLE)", "numbers in Java's forms");
    stricter("a .* is not a valid ROW", "fields after as many as there are columns");
  }

  /** Differences that few messages show. */
  private static final Set<String> RARE_IN_JSON =
      Set.of(
          "only Flink reads: dates and times in Java's forms",
          "only Flink reads: empty messages",
          "only Flink reads: invalid UTF-8",
          "long numbers with an exponent",
          "only Flink reads: control characters around numbers",
          "only Flink reads: fields after as many as there are columns",
          "only Outflow reads: nested values",
          "only Outflow reads: rows before a bad one");

  private static final Set<String> RARE_IN_CSV =
      Set.of(
          "only Flink reads: NOT NULL",
          "lines that start with a byte order mark",
          "only Flink reads: dates and times in Java's forms",
          "only Flink reads: control characters around numbers",
          "only Flink reads: extra blank fields",
          "only Flink reads: invalid UTF-8",
          "text that starts like UTF-16",
          "only Flink reads: numbers in Java's forms",
          "only Outflow reads: empty lines",
          "only Outflow reads: rows before a bad one",
          "only Outflow reads: text that starts like UTF-16");

  private final Random random = new Random(SEED);

  /** An example of each difference. */
  private final Map<String, String> differences = new TreeMap<>();

  private int same;
  private int rejected;

  private static void stricter(String message, String name) {
    STRICTER.put(Pattern.compile(message), name);
  }

  @Test
  void readsJsonAsFlinkExceptForNamedDifferences() throws Exception {
    compare("json", Map.of("timestamp-format.standard", "ISO-8601"));

    Set<String> common =
        Set.of(
            "1 rows in Flink, several here",
            "BOOLEAN true instead of false",
            "fractions beyond the precision of timestamps",
            "only Flink reads: BOOLEAN from other values",
            "only Flink reads: DECIMAL with too many digits",
            "only Flink reads: FLOAT and DOUBLE out of range",
            "only Flink reads: NOT NULL",
            "only Flink reads: fractions of INT and BIGINT",
            "only Flink reads: lengths",
            "only Outflow reads: times in other forms",
            "only Outflow reads: whole numbers in other notations");
    assertThat(differences)
        .containsKeys(common.toArray(String[]::new))
        .allSatisfy(
            (name, example) -> assertThat(name).as(example).isIn(with(common, RARE_IN_JSON)));
  }

  @Test
  void readsCsvAsFlinkExceptForNamedDifferences() throws Exception {
    compare("csv", Map.of("null-literal", "NULL"));

    Set<String> common =
        Set.of(
            "1 rows in Flink, several here",
            "BOOLEAN null instead of false",
            "BOOLEAN true instead of false",
            "DATE before 1582",
            "TIME to the millisecond",
            "fractions beyond the precision of timestamps",
            "only Flink reads: BOOLEAN from other values",
            "only Flink reads: DECIMAL with too many digits",
            "only Flink reads: FLOAT and DOUBLE out of range",
            "only Flink reads: lengths",
            "only Outflow reads: other numbers",
            "only Outflow reads: times in other forms",
            "only Outflow reads: whole numbers in other notations");
    assertThat(differences)
        .containsKeys(common.toArray(String[]::new))
        .allSatisfy(
            (name, example) -> assertThat(name).as(example).isIn(with(common, RARE_IN_CSV)));
  }

  private static Set<String> with(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private void compare(String format, Map<String, String> options) throws Exception {
    boolean isJson = format.equals("json");
    MessageMutator mutator = new MessageMutator(random);
    int values = 0;
    while (values < VALUES) {
      RandomTypes types = new RandomTypes(random);
      RowType type = isJson ? types.row() : types.csvRow();
      // Flink's reader never returns from a MAP<STRING, BOOLEAN> with an array.
      boolean hasBooleanMap = type.asSummaryString().contains("MAP<STRING, BOOLEAN");
      FlinkFormat flink = FlinkFormat.open(format, options, type);
      MessageReader ours = ReadRows.reader(format, options, type);
      RandomRows rows = new RandomRows(random, false);
      for (int at = 0; at < ROWS; at++) {
        byte[] message;
        try {
          message = flink.write(rows.row(type));
        } catch (RuntimeException e) {
          continue; // Flink cannot write half of a surrogate pair.
        }
        values += 2 * type.getFieldCount();
        compare(type, flink, ours, message);
        byte[] changed = mutator.changed(message, isJson);
        String text = new String(changed, UTF_8);
        if (!NOT_COMPARED.matcher(text).find() && !(hasBooleanMap && text.contains(":["))) {
          compare(type, flink, ours, changed);
        }
      }
    }
    System.out.printf(
        "%s, seed %d: %d messages are read the same, %d are rejected by both, %s%n",
        format, SEED, same, rejected, differences.keySet());
    assertThat(same).isGreaterThan(rejected);
  }

  private void compare(RowType type, FlinkFormat flink, MessageReader ours, byte[] message)
      throws Exception {
    ReadRows read = new ReadRows();
    ours.read(message, read);
    for (String name : names(type, flink, message, read)) {
      differences.putIfAbsent(
          name,
          "%s\n%s\n%s".formatted(new String(message, UTF_8), type.asSummaryString(), read.texts()));
    }
  }

  private Set<String> names(RowType type, FlinkFormat flink, byte[] message, ReadRows read) {
    List<RowData> expected;
    try {
      expected = flink.read(message);
    } catch (Exception e) {
      if (read.problems().containsKey(1)) {
        rejected++;
        return Set.of();
      }
      if (!read.problems().isEmpty()) {
        return Set.of("only Outflow reads: rows before a bad one");
      }
      return Set.of("only Outflow reads: " + LenientValues.name(type, message, e));
    }
    if (read.problems().containsKey(1)) {
      return Set.of("only Flink reads: " + stricter(read));
    }
    if (expected.size() != 1 || read.rows().size() + read.problems().size() != 1) {
      return Set.of(
          "%s rows in Flink, %s here"
              .formatted(
                  number(expected.size()), number(read.rows().size() + read.problems().size())));
    }
    Set<String> names = new TreeSet<>(RowDifferences.of(type, expected.get(0), read.rows().get(0)));
    if (!names.isEmpty() && message.length > 1 && message[1] == 0) {
      return Set.of("text that starts like UTF-16");
    }
    if (!names.isEmpty() && message[0] == (byte) 0xef) {
      return Set.of("lines that start with a byte order mark");
    }
    same += names.isEmpty() ? 1 : 0;
    return names;
  }

  private static String number(int rows) {
    return rows < 2 ? String.valueOf(rows) : "several";
  }

  private static String stricter(ReadRows read) {
    String message = read.problems().get(1).getMessage();
    if (NOT_UTF_8.matcher(read.problems().get(1).details()).lookingAt()) {
      return "invalid UTF-8";
    }
    return STRICTER.entrySet().stream()
        .filter(name -> name.getKey().matcher(message).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(message);
  }
}
