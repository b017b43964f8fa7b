package dev.outflow.kafka.transaction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A transaction that waits for its checkpoint.
 *
 * @param kafka what Flink's connector needs to commit it
 * @param trace what is needed if that is refused
 */
public record CommittableWithOrigin(KafkaCommittable kafka, TransactionOrigin trace) {

  /** Writes them to a checkpoint, Flink's part as Flink's own serializer does. */
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
      committable.trace().write(out);
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
