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

  /** The field that followed in the last object, and probably follows in the next. */
  JsonField next;

  JsonField(String name, int column, JsonValueReader reader) {
    this.name = name;
    this.quotedName = ('"' + name + '"').getBytes(UTF_8);
    this.column = column;
    this.reader = reader;
  }

  /** Returns whether these bytes can only be this name in a message. */
  boolean canBeExpected() {
    return name.chars()
        .noneMatch(
            character ->
                character == '"' || character == '\\' || Character.isSurrogate((char) character));
  }

  static JsonField skipped(String name) {
    return new JsonField(name, NONE, null);
  }
}
