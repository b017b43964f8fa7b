package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;

/** Reads records as rows. */
final class AvroRowReader implements AvroValueReader {
  private final int columns;
  private final Field[] fields;
  private final List<String> missing;

  /** A field of a record; {@code column} is negative if the row does not have it. */
  record Field(String name, int column, AvroValueReader reader) {}

  /**
   * Creates a reader.
   *
   * @param fields the fields in the order in which they were written
   * @param missing the {@code NOT NULL} columns that the record does not have
   */
  AvroRowReader(int columns, Field[] fields, List<String> missing) {
    this.columns = columns;
    this.fields = fields;
    this.missing = missing;
  }

  @Override
  public GenericRowData read(AvroInput in) throws IOException, InvalidValueException {
    GenericRowData row = new GenericRowData(columns);
    for (Field field : fields) {
      try {
        Object value = field.reader.read(in);
        if (field.column >= 0) {
          row.setField(field.column, value);
        }
      } catch (InvalidValueException e) {
        throw e.within(field.name);
      }
    }
    if (!missing.isEmpty()) {
      throw InvalidValueException.missing(
              "is declared NOT NULL, but the schema of the record does not have it")
          .within(missing.get(0));
    }
    return row;
  }
}
