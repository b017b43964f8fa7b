package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.ReadRows;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderDifferencesTest {
  private static final int VALUES = Integer.getInteger("values", 200_000);
  private static final int ROWS = 40;
  private final Random random = new Random(Long.getLong("seed", 20_261_129));
  private final Map<String, Integer> seen = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv"})
  void explore(String format) throws Exception {
    Map<String, String> options =
        format.equals("json") ? Map.of("timestamp-format.standard", "ISO-8601") : Map.of("null-literal", "NULL");
    int values = 0;
    while (values < VALUES) {
      RandomTypes types = new RandomTypes(random);
      RowType type = format.equals("json") ? types.row() : types.flatRow();
      FlinkFormat flink = FlinkFormat.open(format, options, type);
      MessageReader ours = ReadRows.reader(format, format.equals("json") ? Map.of() : options, type);
      RandomRows rows = new RandomRows(random, false);
      for (int at = 0; at < ROWS; at++) {
        byte[] good;
        try { good = flink.write(rows.row(type)); } catch (RuntimeException e) { continue; }
        values += type.getFieldCount();
        compare("plain", flink, ours, good, type);
        compare("mutated", flink, ours, Mutation.any(random, good, format), type);
      }
    }
    seen.forEach((k, v) -> System.out.println(format + " " + v + " " + k));
  }

  private void compare(String kind, FlinkFormat flink, MessageReader ours, byte[] message, RowType type) throws Exception {
    ReadRows read = new ReadRows();
    ours.read(message, read);
    List<RowData> expected = null; String error = "";
    try { expected = flink.read(message); } catch (Exception e) { Throwable r = e; while (r.getCause() != null) r = r.getCause(); error = r.getClass().getSimpleName() + " " + String.valueOf(r.getMessage()).replaceAll("[^a-zA-Z ]+", "#"); error = error.substring(0, Math.min(90, error.length())); }
    boolean bad = !read.problems().isEmpty();
    String outcome;
    if (bad && expected == null) outcome = "both reject";
    else if (bad) outcome = "only ours rejects: " + read.texts().get(0).replaceAll("^.*?: ", "").replaceAll("[0-9]+", "#");
    else if (expected == null) outcome = "only flink rejects: " + error;
    else if (expected.equals(read.rows())) outcome = "same";
    else outcome = "different" + (expected.size() != read.rows().size() ? " count" : " " + Mutation.firstDifference(type, expected.get(0), read.rows().get(0)));
    String key = kind + " " + outcome;
    if (seen.merge(key, 1, Integer::sum) == 1 && !outcome.equals("same") && !outcome.equals("both reject")) System.out.println("EX " + key + "\n     " + new String(message, UTF_8) + "\n     " + type.asSummaryString()+ "\n     " + read.texts());
  }
}
