package dev.outflow.avro;

import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rejects nested rows that become Avro records of one name. Flink's {@code AvroSchemaConverter}
 * joins the names of the columns on the way with {@code _}: the row {@code b} in column {@code a}
 * and column {@code a_b} both become {@code record_a_b}, which Avro allows for equal schemas only.
 */
public final class AvroRecordNames {
  private static final Set<String> FORMATS = Set.of("avro", RegistryOptions.FORMAT);
  private static final String ROOT = "record";

  private final String format;
  private final Map<String, RowType> types = new HashMap<>();
  private final Map<String, String> paths = new HashMap<>();

  private AvroRecordNames(String format) {
    this.format = format;
  }

  /**
   * Checks the columns of a table, including nested fields.
   *
   * @throws InvalidOptionsException naming both columns
   */
  public static void check(Map<String, String> options, DataType row) {
    String format = options.getOrDefault(FactoryUtil.FORMAT.key(), "");
    if (FORMATS.contains(format)) {
      new AvroRecordNames(format).add(row.getLogicalType(), ROOT, "");
    }
  }

  private void add(LogicalType type, String name, String path) {
    if (!(type instanceof RowType row)) {
      type.getChildren().forEach(child -> add(child, name, path));
      return;
    }
    row.getFields()
        .forEach(
            field ->
                add(
                    field.getType(),
                    name + "_" + field.getName(),
                    path.isEmpty() ? field.getName() : path + "." + field.getName()));
    String other = paths.putIfAbsent(name, path);
    RowType otherType = types.putIfAbsent(name, row);
    if (otherType != null && !isSameSchema(name, row, otherType)) {
      throw InvalidOptionsException.of(
          FactoryUtil.FORMAT.key(),
          "%s names the records of '%s' and '%s' both '%s'; rename one of these columns with AS"
              .formatted(format, other, path, name));
    }
  }

  private static boolean isSameSchema(String name, RowType one, RowType other) {
    return AvroSchemaConverter.convertToSchema(one.copy(false), name)
        .equals(AvroSchemaConverter.convertToSchema(other.copy(false), name));
  }
}
