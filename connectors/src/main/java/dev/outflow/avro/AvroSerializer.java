package dev.outflow.avro;

import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Serializes rows to the same bytes as Flink's {@code avro}, but without generic records.
 *
 * <p>Not thread-safe.
 */
public final class AvroSerializer implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1;
  private static final byte[] NO_HEADER = {};

  private final RowType type;
  private final String schema;
  private transient AvroRowWriter writer;
  private transient AvroOutput out;

  /**
   * Creates a serializer.
   *
   * @param schema the schema that Flink derives from {@code type}
   */
  public AvroSerializer(Schema schema, RowType type) {
    this.type = type;
    this.schema = schema.toString();
  }

  @Override
  public void open(InitializationContext context) {
    writer = new AvroRowWriter(new Schema.Parser().parse(schema), type);
    out = new AvroOutput();
  }

  @Override
  public byte[] serialize(RowData row) {
    return serialize(NO_HEADER, row);
  }

  /**
   * Serializes a row after a header.
   *
   * @throws IllegalArgumentException if a value is null that the schema requires
   * @throws ArithmeticException if a timestamp is out of the schema's range
   */
  public byte[] serialize(byte[] header, RowData row) {
    out.reset();
    out.writeRaw(header);
    writer.write(out, row);
    return out.toByteArray();
  }
}
