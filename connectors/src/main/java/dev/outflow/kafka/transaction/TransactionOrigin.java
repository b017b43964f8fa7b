package dev.outflow.kafka.transaction;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * What is remembered of a transaction in the checkpoint that is going to commit it, so that later
 * it can be found out whether it was committed, and told what is missing if it was not.
 *
 * @param clusterId the Kafka cluster it is in
 * @param bootstrapServers how that cluster was reached
 * @param checkpoint the first checkpoint that could commit it
 * @param begin when the first of its records can have been written
 * @param end when the last can have been
 * @param records how many they are
 * @param topic where one of them is, any: a transaction is committed as a whole or not at all
 * @param partition as {@code topic}
 * @param offset as {@code topic}
 */
public record TransactionOrigin(
    String clusterId,
    String bootstrapServers,
    long checkpoint,
    Instant begin,
    Instant end,
    long records,
    String topic,
    int partition,
    long offset) {

  void write(DataOutput out) throws IOException {
    out.writeUTF(clusterId);
    out.writeUTF(bootstrapServers);
    out.writeLong(checkpoint);
    out.writeLong(begin.toEpochMilli());
    out.writeLong(end.toEpochMilli());
    out.writeLong(records);
    out.writeUTF(topic);
    out.writeInt(partition);
    out.writeLong(offset);
  }

  static TransactionOrigin read(DataInput in) throws IOException {
    return new TransactionOrigin(
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        Instant.ofEpochMilli(in.readLong()),
        Instant.ofEpochMilli(in.readLong()),
        in.readLong(),
        in.readUTF(),
        in.readInt(),
        in.readLong());
  }

  /** For a human who has to write the records again. */
  @Override
  public String toString() {
    return "%d records written to '%s' between %s and %s, to be committed with checkpoint %d"
        .formatted(records, topic, begin, end, checkpoint);
  }
}
