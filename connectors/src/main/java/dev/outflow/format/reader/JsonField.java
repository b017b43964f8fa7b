package dev.outflow.format.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A field of objects: one that is a column, or another that is skipped. */
final class JsonField {
  private static final int NONE = -1;

  final String name;
  final byte[] quotedName;

  /** The position of the column; -1 if the field is skipped. */
  final int column;

  final JsonValueReader reader;

  private final boolean isRemembered;

  /** The field that followed in the last object, and probably follows in the next. */
  JsonField next;

  JsonField(String name, int column, JsonValueReader reader) {
    this(name, column, reader, true);
  }

  private JsonField(String name, int column, JsonValueReader reader, boolean isRemembered) {
    this.name = name;
    this.quotedName = ('"' + name + '"').getBytes(UTF_8);
    this.column = column;
    this.reader = reader;
    this.isRemembered = isRemembered;
  }

  /** Returns whether the next object is compared with it, whose bytes can only be this name. */
  boolean canBeExpected() {
    return isRemembered
        && name.chars()
            .noneMatch(
                character ->
                    character == '"'
                        || character == '\\'
                        || Character.isSurrogate((char) character));
  }

  static JsonField skipped(String name) {
    return new JsonField(name, NONE, null);
  }

  /** Returns a field that is skipped, and that no other field refers to. */
  static JsonField notRemembered(String name) {
    return new JsonField(name, NONE, null, false);
  }
}
