package dev.outflow.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.YearMonthIntervalType;

/** Creates random types of every kind that Flink's {@code json} and {@code csv} support. */
public record RandomTypes(Random random, List<String> names) {
  private static final int DEPTH = 3;
  private static final List<String> NAMES =
      List.of("id", "a name", "\"quoted\"", "back\\slash", "tab\t", "größe", "名", "ls\u2028", "");

  RandomTypes(Random random) {
    this(random, NAMES);
  }

  /** Creates types whose fields have names that Avro allows. */
  public static RandomTypes forAvro(Random random) {
    return new RandomTypes(random, List.of("f"));
  }

  /** Returns a row of one or more fields. */
  public RowType row() {
    return row(DEPTH);
  }

  /** Returns a row without nested types and intervals, which {@code csv} does not support. */
  RowType flatRow() {
    RowType row = row(1);
    return row.getChildren().stream().anyMatch(type -> type.is(LogicalTypeFamily.INTERVAL))
        ? flatRow()
        : row;
  }

  /** Returns a row that Flink's {@code csv} can read, too. */
  RowType csvRow() {
    RowType row = flatRow();
    return row.getChildren().stream()
            .anyMatch(type -> type instanceof TimeType time && time.getPrecision() > 3)
        ? csvRow()
        : row;
  }

  private RowType row(int depth) {
    List<RowType.RowField> fields = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int at = 0; at < count; at++) {
      String name = names.get(random.nextInt(names.size())) + (at == 0 ? "" : at);
      fields.add(new RowType.RowField(name.isBlank() ? "f" + at : name, type(depth - 1)));
    }
    return new RowType(true, fields);
  }

  private LogicalType type(int depth) {
    LogicalType type = depth > 0 && random.nextInt(4) == 0 ? nested(depth) : flat();
    return type.copy(random.nextInt(4) > 0);
  }

  private LogicalType nested(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> new ArrayType(type(depth - 1));
      case 1 -> new MapType(VarCharType.STRING_TYPE, type(depth - 1));
      case 2 -> new MultisetType(VarCharType.STRING_TYPE);
      default -> row(depth);
    };
  }

  private LogicalType flat() {
    int precision = 1 + random.nextInt(38);
    return switch (random.nextInt(20)) {
      case 0 -> new BooleanType();
      case 1 -> new TinyIntType();
      case 2 -> new SmallIntType();
      case 3 -> new IntType();
      case 4 -> new BigIntType();
      case 5 -> new FloatType();
      case 6, 7 -> new DoubleType();
      case 8 -> new CharType(5);
      case 9, 10 -> VarCharType.STRING_TYPE;
      case 11 -> new BinaryType(5);
      case 12 -> new VarBinaryType(VarBinaryType.MAX_LENGTH);
      case 13 -> new DecimalType(precision, random.nextInt(precision + 1));
      case 14 -> new DateType();
      case 15 -> new TimeType(random.nextInt(10));
      case 16 -> new TimestampType(random.nextInt(10));
      case 17 -> new LocalZonedTimestampType(random.nextInt(10));
      case 18 -> new YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH);
      default -> new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND);
    };
  }
}
