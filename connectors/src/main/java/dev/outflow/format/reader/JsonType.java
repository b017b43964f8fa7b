package dev.outflow.format.reader;

/** The type of a JSON value. */
enum JsonType {
  OBJECT("an object"),
  ARRAY("an array"),
  TEXT("a text"),
  NUMBER("a number"),
  BOOLEAN("a boolean"),
  NULL("null");

  private final String name;

  JsonType(String name) {
    this.name = name;
  }

  /** Returns the failure to read a value of this type as a column's type. */
  InvalidValueException invalid(String column) {
    return InvalidValueException.conversion("%s is not a valid %s".formatted(name, column));
  }
}
