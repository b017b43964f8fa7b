package dev.outflow.format;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/** Names the differences between a row that Flink has read and ours. */
public record RowDifferences(Set<String> names) {
  private static final long GREGORIAN = LocalDate.of(1582, 10, 15).toEpochDay();

  public static Set<String> of(RowType type, RowData flink, RowData ours) {
    RowDifferences differences = new RowDifferences(new TreeSet<>());
    differences.compare(type, flink, ours);
    return differences.names;
  }

  private void compare(LogicalType type, Object flink, Object ours) {
    if (Objects.deepEquals(flink, ours)) {
      return;
    }
    if (flink instanceof RowData row && ours instanceof RowData other) {
      for (int at = 0; at < type.getChildren().size(); at++) {
        LogicalType field = type.getChildren().get(at);
        RowData.FieldGetter getter = RowData.createFieldGetter(field, at);
        compare(field, getter.getFieldOrNull(row), getter.getFieldOrNull(other));
      }
    } else if (flink instanceof ArrayData array && ours instanceof ArrayData other) {
      compare(((ArrayType) type).getElementType(), array, other);
    } else if (flink instanceof MapData map && ours instanceof MapData other) {
      compare(((MapType) type).getValueType(), map, other);
    } else {
      names.add(name(type, flink, ours));
    }
  }

  private void compare(LogicalType type, ArrayData flink, ArrayData ours) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    for (int at = 0; at < Math.max(flink.size(), ours.size()); at++) {
      compare(type, getter.getElementOrNull(flink, at), getter.getElementOrNull(ours, at));
    }
  }

  private void compare(LogicalType type, MapData flink, MapData ours) {
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
    for (int at = 0; at < flink.size(); at++) {
      for (int other = 0; other < ours.size(); other++) {
        if (flink.keyArray().getString(at).equals(ours.keyArray().getString(other))) {
          compare(
              type,
              getter.getElementOrNull(flink.valueArray(), at),
              getter.getElementOrNull(ours.valueArray(), other));
        }
      }
    }
    if (flink.size() != ours.size()) {
      names.add("maps of different size");
    }
  }

  private static String name(LogicalType type, Object flink, Object ours) {
    if (flink instanceof TimestampData time && time(type, time).equals(ours)) {
      return "fractions beyond the precision of timestamps";
    }
    if (flink instanceof TimestampData && ours instanceof TimestampData) {
      return "timestamps in another unit";
    }
    if (flink instanceof DecimalData || (ours instanceof DecimalData && flink == null)) {
      return "DECIMAL with another scale";
    }
    if (type instanceof TimeType time && ours instanceof Integer millis) {
      int step = (int) Math.pow(10, 3 - Math.min(3, time.getPrecision()));
      return Objects.equals(flink, millis - millis % step) ? "TIME to the millisecond" : "TIME";
    }
    if (flink instanceof Long inexact
        && ours instanceof Long exact
        && (long) (double) exact == inexact) {
      return "long numbers with an exponent";
    }
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> "BOOLEAN %s instead of %s".formatted(ours, flink);
      case DATE ->
          flink instanceof Integer && ours instanceof Integer day && day < GREGORIAN
              ? "DATE before 1582"
              : "DATE";
      default -> "%s %s instead of %s".formatted(type, ours, flink);
    };
  }

  private static TimestampData time(LogicalType type, TimestampData time) {
    int precision =
        type instanceof TimestampType local
            ? local.getPrecision()
            : ((LocalZonedTimestampType) type).getPrecision();
    long step = (long) Math.pow(10, 9 - precision);
    long nanos =
        Math.floorMod(time.getMillisecond(), 1000) * 1_000_000L + time.getNanoOfMillisecond();
    long kept = nanos - nanos % step;
    long second = Math.floorDiv(time.getMillisecond(), 1000L);
    return TimestampData.fromEpochMillis(
        second * 1000 + kept / 1_000_000, (int) (kept % 1_000_000));
  }
}
