package dev.outflow.check;

import dev.outflow.kafka.output.CompressionCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** A compression codec in this JVM; snappy and zstd are native libraries. */
record Codec(String name) {
  static final String NONE = CompressionCodec.NONE.toString();
  private static final byte[] SAMPLE = new byte[64];

  /** Returns why the codec does not work in this JVM; empty if it does. */
  Optional<String> failure() {
    ByteBufferOutputStream buffer = new ByteBufferOutputStream(SAMPLE.length);
    try (OutputStream out =
        Compression.of(name).build().wrapForOutput(buffer, RecordBatch.MAGIC_VALUE_V2)) {
      out.write(SAMPLE);
      return Optional.empty();
    } catch (IOException | KafkaException | LinkageError e) {
      return Optional.of(
          "%s does not work in this JVM (%s); its native library is unpacked into java.io.tmpdir, which must allow execution"
              .formatted(name, e));
    }
  }
}
