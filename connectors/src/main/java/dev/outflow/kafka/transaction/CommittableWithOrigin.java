package dev.outflow.kafka.transaction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A transaction to commit when its checkpoint completes.
 *
 * @param kafka what Flink's connector needs to commit it
 * @param origin what is needed to find out its outcome if Kafka rejects the commit
 */
record CommittableWithOrigin(KafkaCommittable kafka, TransactionOrigin origin) {

  /** Serializes committables to a checkpoint, Flink's part with Flink's serializer. */
  record Serializer(SimpleVersionedSerializer<KafkaCommittable> kafka)
      implements SimpleVersionedSerializer<CommittableWithOrigin> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(CommittableWithOrigin committable) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      byte[] flinks = kafka.serialize(committable.kafka());
      out.writeInt(kafka.getVersion());
      out.writeInt(flinks.length);
      out.write(flinks);
      committable.origin().write(out);
      return bytes.toByteArray();
    }

    @Override
    public CommittableWithOrigin deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      int flinksVersion = in.readInt();
      byte[] flinks = in.readNBytes(in.readInt());
      return new CommittableWithOrigin(
          kafka.deserialize(flinksVersion, flinks), TransactionOrigin.read(in));
    }
  }
}
