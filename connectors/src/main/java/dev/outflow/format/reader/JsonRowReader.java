package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
  public GenericRowData read(JsonParser json) throws IOException, InvalidValueException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw JsonValueReader.invalid(json, type);
    }
    GenericRowData row = new GenericRowData(columns.size() + (undeclared == null ? 0 : 1));
    if (undeclared != null) {
      undeclared.clear();
    }
    boolean[] found = failOnMissingField ? new boolean[columns.size()] : null;
    JsonField previous = start;
    for (JsonField field = next(json, previous); field != null; field = next(json, previous)) {
      if (field.reader == null) {
        skip(json);
      } else {
        JsonToken value = json.nextToken();
        row.setField(field.column, value == JsonToken.VALUE_NULL ? null : read(json, field));
        if (found != null) {
          found[field.column] = true;
        }
      }
      previous = field;
    }
    check(row, found);
    if (undeclared != null) {
      row.setField(columns.size(), undeclared.object());
    }
    return row;
  }

  private void skip(JsonParser json) throws IOException {
    if (undeclared == null) {
      json.nextToken();
      json.skipChildren();
    } else {
      undeclared.add(json);
    }
  }

  private static Object read(JsonParser json, JsonField field)
      throws IOException, InvalidValueException {
    try {
      return field.reader.read(json);
    } catch (InvalidValueException e) {
      throw e.within(field.name);
    }
  }

  /** Returns the field whose name comes next; null at the end of the object. */
  private JsonField next(JsonParser json, JsonField previous) throws IOException {
    JsonField expected = previous.next;
    if (expected == null) {
      json.nextToken();
    } else if (json.nextFieldName(expected.serializedName)) {
      return expected;
    }
    if (json.currentToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    JsonField found = fields.find(json.currentName());
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
