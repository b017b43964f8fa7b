package dev.outflow.avro;

import dev.outflow.format.ScalarTypes;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.TimestampType;

/** The types of columns that Outflow reads and writes as Avro itself, and names of Avro types. */
final class AvroTypes {
  private static final Set<String> INT_TYPES = Set.of("date", "time-millis");
  private static final Set<String> LONG_TYPES =
      Set.of(
          "time-micros",
          "timestamp-millis",
          "timestamp-micros",
          "timestamp-nanos",
          "local-timestamp-millis",
          "local-timestamp-micros",
          "local-timestamp-nanos");

  private AvroTypes() {}

  /** Returns whether values of this type can be read and written. */
  static boolean supports(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case CHAR, VARCHAR -> true;
      case MAP -> isText(((MapType) type).getKeyType()) && supportsChildren(type);
      case MULTISET -> isText(((MultisetType) type).getElementType());
      case ARRAY, ROW -> supportsChildren(type);
      default -> ScalarTypes.contains(type) && !type.is(LogicalTypeFamily.INTERVAL);
    };
  }

  private static boolean supportsChildren(LogicalType type) {
    return type.getChildren().stream().allMatch(AvroTypes::supports);
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }

  /** Returns the precision of a timestamp. */
  static int precision(LogicalType type) {
    return type instanceof TimestampType local
        ? local.getPrecision()
        : ((LocalZonedTimestampType) type).getPrecision();
  }

  /**
   * Returns the logical type of a number; empty if it is unknown or not allowed for its type, which
   * the specification says to ignore. Avro 1.11 does not know those of nanoseconds.
   */
  static String logicalName(Schema schema) {
    String name = String.valueOf(schema.getProp(org.apache.avro.LogicalType.LOGICAL_TYPE_PROP));
    Set<String> allowed =
        switch (schema.getType()) {
          case INT -> INT_TYPES;
          case LONG -> LONG_TYPES;
          default -> Set.of();
        };
    return allowed.contains(name) ? name : "";
  }

  /** Returns the type as messages name it, e.g. {@code string} or {@code timestamp-millis}. */
  static String name(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return "decimal(%d, %d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    String logical = logicalName(schema);
    return logical.isEmpty() ? schema.getType().getName() : logical;
  }
}
