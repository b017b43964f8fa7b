package dev.outflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates random values of every type, including unusual ones.
 *
 * @param rare whether to include values that {@link DirectSerializer} leaves to Flink
 */
public record RandomRows(Random random, boolean rare) {
  private static final int DAY = 86_400_000;
  private static final long YEAR_0 = -62_167_219_200_000L;
  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.parseDouble("2e23"),
    1e7,
    9_999_999.999,
    99_999.999,
    100_000,
    1e-3,
    9.99e-4,
    2e-3,
    1e21,
    0.1 + 0.2,
    Double.parseDouble("1e23"),
    2.2250738585072014E-308
  };

  public GenericRowData row(RowType type) {
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int at = 0; at < type.getFieldCount(); at++) {
      row.setField(at, value(type.getTypeAt(at)));
    }
    return row;
  }

  private Object value(LogicalType type) {
    boolean canBeNull = type.isNullable() || (rare && random.nextInt(20) == 0);
    return canBeNull && random.nextInt(5) == 0 ? null : present(type);
  }

  private Object present(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> random.nextBoolean();
      case TINYINT -> (byte) random.nextInt();
      case SMALLINT -> (short) random.nextInt();
      case INTEGER, INTERVAL_YEAR_MONTH -> random.nextInt() >> random.nextInt(32);
      case BIGINT, INTERVAL_DAY_TIME -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> (float) number() * (random.nextBoolean() ? 1 : random.nextFloat());
      case DOUBLE -> number();
      case CHAR, VARCHAR -> new RandomStrings(random).text();
      case BINARY, VARBINARY -> bytes();
      case DATE -> (int) Math.floorDiv(millis(), DAY);
      case TIME_WITHOUT_TIME_ZONE ->
          rare && random.nextInt(9) == 0 ? random.nextInt() : random.nextInt(DAY);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp();
      case DECIMAL -> decimal((DecimalType) type);
      case ARRAY -> array(((ArrayType) type).getElementType());
      case MAP -> map(((MapType) type).getValueType());
      case MULTISET -> map(new IntType(false));
      default -> row((RowType) type);
    };
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> (random.nextInt() >> random.nextInt(20)) / 1000.0;
      default -> random.nextGaussian() * Math.pow(10, random.nextInt(12) - 4);
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Stays within years of four digits, unless values may be rare. */
  private long millis() {
    if (rare && random.nextInt(5) == 0) {
      return switch (random.nextInt(3)) {
        case 0 -> YEAR_0 - 1 - random.nextInt(3);
        case 1 -> YEAR_10000 + random.nextInt(3);
        default -> random.nextLong() >> 13;
      };
    }
    return switch (random.nextInt(8)) {
      case 0 -> YEAR_0 + random.nextInt(3);
      case 1 -> YEAR_10000 - 1 - random.nextInt(3);
      case 2 -> random.nextInt(2001) - 1000L;
      default -> YEAR_0 + (long) (random.nextDouble() * (YEAR_10000 - YEAR_0));
    };
  }

  private TimestampData timestamp() {
    int[] fractions = {0, 0, 1, 999_999, 1000, 120_000, random.nextInt(1_000_000)};
    long millis = random.nextBoolean() ? millis() : Math.floorDiv(millis(), 1000L) * 1000;
    return TimestampData.fromEpochMillis(millis, fractions[random.nextInt(fractions.length)]);
  }

  private DecimalData decimal(DecimalType type) {
    BigInteger digits =
        new BigInteger("9".repeat(1 + random.nextInt(type.getPrecision())))
            .subtract(BigInteger.valueOf(random.nextInt(9)))
            .multiply(random.nextBoolean() ? BigInteger.ONE : BigInteger.TEN.negate())
            .mod(BigInteger.TEN.pow(type.getPrecision()));
    BigDecimal value = new BigDecimal(random.nextInt(9) == 0 ? BigInteger.ZERO : digits);
    return DecimalData.fromBigDecimal(
        value.movePointLeft(type.getScale()), type.getPrecision(), type.getScale());
  }

  private GenericArrayData array(LogicalType element) {
    Object[] elements = new Object[random.nextInt(5)];
    Arrays.setAll(elements, at -> value(element));
    return new GenericArrayData(elements);
  }

  private GenericMapData map(LogicalType value) {
    Map<StringData, Object> map = new LinkedHashMap<>();
    int size = random.nextInt(5);
    for (int at = 0; at < size; at++) {
      map.put(key(at), value(value));
    }
    return new GenericMapData(map);
  }

  /** Returns null, invalid UTF-8 and duplicates only if values may be rare. */
  private StringData key(int at) {
    if (!rare || random.nextInt(8) > 0) {
      return StringData.fromString(
          at + RandomStrings.ODD.get(random.nextInt(RandomStrings.ODD.size())));
    }
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> StringData.fromBytes(new byte[] {(byte) (0xf8 + random.nextInt(8))});
      default -> StringData.fromBytes("none".getBytes(UTF_8));
    };
  }
}
