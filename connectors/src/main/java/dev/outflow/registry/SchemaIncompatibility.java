package dev.outflow.registry;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Describes the columns in which two schemas are incompatible, as Avro finds them. */
final class SchemaIncompatibility {
  private SchemaIncompatibility() {}

  /**
   * Describes why {@code next} cannot read records of {@code old}, or else why {@code old} cannot
   * read records of {@code next}; empty if both can.
   */
  static String describe(Schema old, Schema next) {
    if (old.getType() != Schema.Type.RECORD) {
      return "the subject's latest schema has type %s, not record"
          .formatted(old.getType().getName());
    }
    String backward = fields("", next, old, "column '%s' is new and not nullable");
    return backward.isEmpty()
        ? fields("", old, next, "column '%s' was removed, but existing consumers require it")
        : backward;
  }

  private static String fields(String path, Schema reader, Schema writer, String missing) {
    return reader.getFields().stream()
        .flatMap(
            field -> {
              String column = path + field.name();
              Schema.Field written = writer.getField(field.name());
              if (written != null) {
                return types(column, field.schema(), written.schema(), missing);
              }
              return field.hasDefaultValue()
                  ? Stream.empty()
                  : Stream.of(missing.formatted(column));
            })
        .collect(Collectors.joining(", "));
  }

  /** Descends into nullable records, where Avro reports only that the union does not match. */
  private static Stream<String> types(String column, Schema reader, Schema writer, String missing) {
    if (SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .isEmpty()) {
      return Stream.empty();
    }
    boolean differInNull = reader.isNullable() != writer.isNullable();
    return Stream.of(
        !differInNull && isRecord(reader) && isRecord(writer)
            ? fields(column + ".", notNull(reader), notNull(writer), missing)
            : "column '%s': %s cannot be read as %s"
                .formatted(column, name(writer, differInNull), name(reader, differInNull)));
  }

  private static boolean isRecord(Schema schema) {
    return notNull(schema).getType() == Schema.Type.RECORD;
  }

  private static Schema notNull(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema)
        : schema;
  }

  private static String name(Schema schema, boolean withNull) {
    Schema type = notNull(schema);
    String name =
        type.getLogicalType() == null ? type.getType().getName() : type.getLogicalType().getName();
    return withNull && schema.isNullable() ? "nullable " + name : name;
  }
}
