package dev.outflow.kafka.retention;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.Uuid;

/**
 * Appends what {@link TrackedSplit} adds to the bytes of Flink's serializer, which reads its own
 * part only. Savepoints of a plain KafkaSource can therefore be restored, and the reverse.
 */
record TrackedSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> kafka)
    implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  /** Added to the version of Flink's serializer. */
  private static final int TRACKED = 1000;

  private static final int ADDED_BYTES = 3 * Long.BYTES;

  @Override
  public int getVersion() {
    return TRACKED + kafka.getVersion();
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] position = kafka.serialize(split);
    TrackedSplit tracked = TrackedSplit.of(split);
    return ByteBuffer.allocate(position.length + ADDED_BYTES)
        .put(position)
        .putLong(tracked.topicId().getMostSignificantBits())
        .putLong(tracked.topicId().getLeastSignificantBits())
        .putLong(tracked.lastRead())
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version < TRACKED) {
      return kafka.deserialize(version, bytes);
    }
    KafkaPartitionSplit position = kafka.deserialize(version - TRACKED, bytes);
    ByteBuffer added = ByteBuffer.wrap(bytes, bytes.length - ADDED_BYTES, ADDED_BYTES);
    return new TrackedSplit(position, new Uuid(added.getLong(), added.getLong()), added.getLong());
  }
}
