package dev.outflow.format.reader;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/** A field of objects: one that is a column, or another that is skipped. */
final class JsonField {
  private static final int NONE = -1;

  final String name;
  final SerializableString serializedName;

  /** The position of the column; -1 if the field is skipped. */
  final int column;

  final JsonValueReader reader;

  /** The field that followed in the last object, and probably follows in the next. */
  JsonField next;

  JsonField(String name, int column, JsonValueReader reader) {
    this.name = name;
    this.serializedName = new SerializedString(name);
    this.column = column;
    this.reader = reader;
  }

  /** Jackson cannot compare names with half of a surrogate pair; emoji are left out with them. */
  boolean canBeExpected() {
    return name.chars().noneMatch(character -> Character.isSurrogate((char) character));
  }

  static JsonField skipped(String name) {
    return new JsonField(name, NONE, null);
  }
}
