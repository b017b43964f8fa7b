package dev.outflow.avro;

import dev.outflow.format.reader.InvalidValueException;
import java.io.IOException;

/** Reads unions. */
final class AvroUnionReader implements AvroValueReader {
  private final AvroValueReader[] branches;

  /** Creates a reader from those of the union's types, in their order. */
  AvroUnionReader(AvroValueReader... branches) {
    this.branches = branches;
  }

  @Override
  public Object read(AvroInput in) throws IOException, InvalidValueException {
    return branches[in.readIndex(branches.length)].read(in);
  }
}
