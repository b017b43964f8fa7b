package dev.outflow.format.reader;

import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;

/**
 * Reads objects as rows. Fields are first compared with those of the previous object, in its order,
 * which avoids decoding their names.
 */
final class JsonRowReader implements JsonValueReader {
  private final String type;
  private final List<JsonField> columns;
  private final boolean[] required;
  private final boolean failOnMissingField;
  private final JsonFields fields;
  private final UndeclaredFields undeclared;
  private int nameStart;

  /** Precedes the first field. */
  private final JsonField start = JsonField.skipped("");

  /**
   * Creates a reader.
   *
   * @param required which columns are NOT NULL
   * @param failOnMissingField whether each column must have a field, which can be null
   * @param undeclared collects the other fields for one more column; null to skip them
   */
  JsonRowReader(
      String type,
      List<JsonField> columns,
      boolean[] required,
      boolean failOnMissingField,
      JsonFields fields,
      UndeclaredFields undeclared) {
    this.type = type;
    this.columns = columns;
    this.required = required;
    this.failOnMissingField = failOnMissingField;
    this.fields = fields;
    this.undeclared = undeclared;
  }

  @Override
  public GenericRowData read(JsonInput json) throws IOException, InvalidValueException {
    JsonValueReader.require(JsonType.OBJECT, json, type);
    GenericRowData row = new GenericRowData(columns.size() + (undeclared == null ? 0 : 1));
    if (undeclared != null) {
      undeclared.clear();
    }
    boolean[] found = failOnMissingField ? new boolean[columns.size()] : null;
    JsonField previous = start;
    for (boolean more = json.enter('}'); more; more = json.more('}')) {
      JsonField field = next(json, previous);
      if (field.reader != null) {
        row.setField(field.column, read(json, field));
        if (found != null) {
          found[field.column] = true;
        }
      } else {
        json.read(json.next());
        if (undeclared != null) {
          undeclared.add(field.name, nameStart, json.position());
        }
      }
      previous = field;
    }
    check(row, found);
    if (undeclared != null) {
      row.setField(columns.size(), undeclared.object(json));
    }
    return row;
  }

  private static Object read(JsonInput json, JsonField field)
      throws IOException, InvalidValueException {
    if (json.next() == JsonType.NULL) {
      json.read(JsonType.NULL);
      return null;
    }
    try {
      return field.reader.read(json);
    } catch (InvalidValueException e) {
      throw e.within(field.name);
    }
  }

  /** Reads the name of a field. */
  private JsonField next(JsonInput json, JsonField previous) throws IOException {
    json.hasNext();
    nameStart = json.position();
    JsonField expected = previous.next;
    if (expected != null && json.nameIs(expected.quotedName)) {
      return expected;
    }
    JsonField found = fields.find(json.name());
    previous.next = found.canBeExpected() ? found : null;
    return found;
  }

  private void check(GenericRowData row, boolean[] found) throws InvalidValueException {
    for (int column = 0; column < required.length; column++) {
      if (found != null && !found[column]) {
        throw InvalidValueException.missing("a field declared by the table is missing")
            .within(columns.get(column).name);
      }
      if (required[column] && row.isNullAt(column)) {
        throw InvalidValueException.isNull().within(columns.get(column).name);
      }
    }
  }
}
