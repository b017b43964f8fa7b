package dev.outflow.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.format.RandomRows;
import dev.outflow.format.RandomTypes;
import dev.outflow.format.RowDifferences;
import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.ReadRows;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Reads generated and changed Avro records with Outflow's reader and Flink's converters: they read
 * the same row, or both reject it, except for named differences, which {@code docs/values.md}
 * explains. For more values, set {@code -Dvalues=2500000} and {@code -Dseed}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AvroDifferencesTest {
  private static final int VALUES = Integer.getInteger("values", 250_000);
  private static final long SEED = Long.getLong("seed", 20_261_129);
  private static final int ROWS = 20;

  /** Flink allocates what a record declares. */
  private static final Pattern DECLARED = Pattern.compile("(\\d+) (bytes|elements) are declared.*");

  private static final long MOST_DECLARED = 1_000_000;

  /** What only Outflow rejects, by its message. */
  private static final Map<Pattern, String> STRICTER = new LinkedHashMap<>();

  static {
    stricter("a text of more than .* characters .*|more than .* bytes .*", "lengths");
    stricter(".* out of range for (TINY|SMALL)INT", "TINYINT and SMALLINT out of range");
    stricter(".* out of range for TIME.*", "TIME out of range");
    stricter("(the|a) number .* DECIMAL.*", "DECIMAL with too many digits");
    stricter("a value of Avro type .*", "another kind");
    stricter("is null but declared NOT NULL", "null counts of MULTISET");
    stricter("the text is not UTF-8", "invalid UTF-8");
    stricter(
        "cannot decode .* bytes as avro(a boolean|an int|a number|-?[0-9]+ (bytes|elements)) .*",
        "corrupt bytes");
  }

  private static final Set<String> COMMON =
      Set.of(
          "fractions beyond the precision of timestamps",
          "only Flink reads: DECIMAL with too many digits",
          "only Flink reads: TINYINT and SMALLINT out of range",
          "only Flink reads: corrupt bytes",
          "only Flink reads: lengths",
          "timestamps in another unit");

  private static final Set<String> DIFFERENCES =
      union(
          COMMON,
          Set.of(
              "only Flink reads: null counts of MULTISET",
              "only Flink reads: TIME out of range",
              "only Flink reads: invalid UTF-8"));

  private final Random random = new Random(SEED);
  private final AvroMutator mutator = new AvroMutator(random);

  /** An example of each difference. */
  private final Map<String, String> differences = new TreeMap<>();

  private int values;
  private int same;
  private int rejected;

  private static void stricter(String message, String name) {
    STRICTER.put(Pattern.compile(message), name);
  }

  @Test
  void readsAsFlinkExceptForNamedDifferences() throws Exception {
    while (values < VALUES) {
      RowType type = RandomTypes.forAvro(random).row();
      compare(type, type);
    }
    System.out.println(summary("avro"));

    assertThat(differences).isNotEmpty().allSatisfy(isIn(DIFFERENCES));
    assertThat(differences).containsKeys(COMMON.toArray(String[]::new));
    assertThat(same).isGreaterThan(rejected);
  }

  @Test
  void resolvesSchemasAsFlinkExceptForNamedDifferences() throws Exception {
    while (values < VALUES) {
      RowType type = RandomTypes.forAvro(random).row();
      compare(new EvolvedTypes(random).row(type), type);
    }
    System.out.println(summary("avro with other schemas"));

    Set<String> resolved = Set.of("DECIMAL with another scale", "only Flink reads: another kind");
    assertThat(differences).allSatisfy(isIn(union(DIFFERENCES, resolved)));
    assertThat(differences).containsKeys(union(COMMON, resolved).toArray(String[]::new));
    assertThat(same).isGreaterThan(rejected / 5);
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static BiConsumer<String, String> isIn(Set<String> names) {
    return (name, example) -> assertThat(name).as(example).isIn(names);
  }

  private String summary(String format) {
    return "%s, seed %d: %d records are read the same, %d are rejected by both, %s"
        .formatted(format, SEED, same, rejected, differences.keySet());
  }

  /** Compares records that were written with columns of one type and are read as another. */
  private void compare(RowType written, RowType type) throws Exception {
    Optional<Schema> schema = AvroFormat.schema(written, false);
    Optional<DeserializationSchema<RowData>> flink =
        schema.flatMap(present -> flink(present, type));
    if (flink.isEmpty()) {
      return;
    }
    AvroSerializer serializer = new AvroSerializer(schema.get(), written);
    serializer.open(null);
    AvroRecordReader ours = new AvroRecordReader("avro", schema.get(), type);
    RandomRows rows = new RandomRows(random, false);
    for (int at = 0; at < ROWS; at++) {
      byte[] message;
      try {
        message = serializer.serialize(rows.row(written));
      } catch (ArithmeticException e) {
        continue; // The microseconds of a distant year.
      }
      values += 2 * type.getFieldCount();
      compare(schema.get(), type, flink.get(), ours, message);
      compare(schema.get(), type, flink.get(), ours, mutator.changed(message));
    }
  }

  /** Flink cannot read all types that it has a schema for. */
  private static Optional<DeserializationSchema<RowData>> flink(Schema written, RowType type) {
    try {
      DeserializationSchema<RowData> flink =
          AvroRowDeserializer.create(
              ScanRuntimeProviderContext.INSTANCE,
              TypeConversions.fromLogicalToDataType(type),
              false,
              schema -> new ResolvingDeserializer(written, schema));
      flink.open(null);
      return Optional.of(flink);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void compare(
      Schema written,
      RowType type,
      DeserializationSchema<RowData> flink,
      AvroRecordReader ours,
      byte[] message) {
    ReadRows read = new ReadRows();
    ours.read(message, 0, read);
    for (String name : names(type, flink, message, read)) {
      differences.putIfAbsent(
          name,
          "%s\n%s\n%s\n%s"
              .formatted(
                  HexFormat.of().formatHex(message),
                  written,
                  type.asSummaryString(),
                  read.texts()));
    }
  }

  private Set<String> names(
      RowType type, DeserializationSchema<RowData> flink, byte[] message, ReadRows read) {
    InvalidValueException problem = read.problems().get(1);
    if (problem != null && declaresTooMuch(problem)) {
      rejected++;
      return Set.of();
    }
    RowData expected;
    try {
      expected = flink.deserialize(message);
    } catch (OutOfMemoryError e) { // Flink allocates what corrupt bytes declare.
      assertThat(problem).isNotNull();
      rejected++;
      return Set.of();
    } catch (IOException | RuntimeException e) {
      if (problem != null) {
        rejected++;
        return Set.of();
      }
      return Set.of("only Outflow reads: " + lenient(e));
    }
    if (problem != null) {
      return Set.of("only Flink reads: " + stricter(problem));
    }
    Set<String> names = new TreeSet<>(RowDifferences.of(type, expected, read.rows().get(0)));
    same += names.isEmpty() ? 1 : 0;
    return names;
  }

  private static boolean declaresTooMuch(InvalidValueException problem) {
    Matcher declared = DECLARED.matcher(problem.details());
    return declared.matches() && Double.parseDouble(declared.group(1)) > MOST_DECLARED;
  }

  private static String lenient(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause);
  }

  private static String stricter(InvalidValueException problem) {
    String message = problem.getMessage() + problem.details();
    return STRICTER.entrySet().stream()
        .filter(name -> name.getKey().matcher(message).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(message);
  }
}
