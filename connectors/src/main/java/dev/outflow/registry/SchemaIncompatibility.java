package dev.outflow.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Why what is written with one schema cannot be read with another, in words of columns. */
final class SchemaIncompatibility {
  private final List<String> words = new ArrayList<>();

  private SchemaIncompatibility() {}

  /**
   * Why the next schema of a subject cannot read what is there, or if it can, why those who read so
   * far cannot read what comes; empty if they can.
   */
  static String of(Schema old, Schema next) {
    if (old.getType() != Schema.Type.RECORD) {
      return "the subject's newest schema is no record but of type " + old.getType().getName();
    }
    SchemaIncompatibility difference = new SchemaIncompatibility();
    difference.compare("", old, next, true);
    if (difference.words.isEmpty()) {
      difference.compare("", old, next, false);
    }
    return String.join(", ", difference.words);
  }

  private void compare(String prefix, Schema old, Schema next, boolean backward) {
    Schema reader = backward ? next : old;
    Schema writer = backward ? old : next;
    for (Schema.Field field : reader.getFields()) {
      String column = prefix + field.name();
      Schema.Field written = writer.getField(field.name());
      if (written != null) {
        change(
            column,
            backward ? written.schema() : field.schema(),
            backward ? field.schema() : written.schema(),
            backward);
      } else if (!field.hasDefaultValue()) {
        words.add(
            (backward
                    ? "column '%s' is new and may not be null"
                    : "column '%s' is gone, and those who read it need it")
                .formatted(column));
      }
    }
  }

  private void change(String column, Schema was, Schema is, boolean backward) {
    boolean canRead = backward ? canRead(is, was) : canRead(was, is);
    if (canRead) {
      return;
    }
    boolean sameNull = was.isNullable() == is.isNullable();
    if (sameNull && isRecord(was) && isRecord(is)) {
      compare(column + ".", notNull(was), notNull(is), backward);
    } else {
      words.add(
          "column '%s' was %s and is %s"
              .formatted(column, name(was, sameNull), name(is, sameNull)));
    }
  }

  private static boolean canRead(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
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

  private static String name(Schema schema, boolean withoutNull) {
    Schema type = notNull(schema);
    String name =
        type.getLogicalType() == null ? type.getType().getName() : type.getLogicalType().getName();
    return withoutNull || !schema.isNullable() ? name : name + " or null";
  }
}
