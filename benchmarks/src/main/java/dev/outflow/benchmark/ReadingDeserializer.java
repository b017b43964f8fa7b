package dev.outflow.benchmark;

import java.io.IOException;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** The hand-written job's deserializer. */
final class ReadingDeserializer extends AbstractDeserializationSchema<Reading> {
  private static final long serialVersionUID = 1;

  private final Format format;
  private transient ReadingCodec codec;

  ReadingDeserializer(Format format) {
    super(Reading.class);
    this.format = format;
  }

  @Override
  public void open(InitializationContext context) {
    codec = format.codec();
  }

  @Override
  public Reading deserialize(byte[] value) throws IOException {
    return codec.read(value);
  }
}
