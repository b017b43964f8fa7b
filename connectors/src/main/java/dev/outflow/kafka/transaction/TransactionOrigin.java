package dev.outflow.kafka.transaction;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * The origin of a transaction, stored in the checkpoint that commits it: what is needed to look up
 * its outcome later and to report which records are missing if it is lost.
 *
 * @param bootstrapServers the address of the cluster when it was written
 * @param checkpoint the first checkpoint that can commit it
 * @param begin the earliest possible time of its first record
 * @param end the latest possible time of its last record
 * @param records the number of its records
 * @param topic the topic of any one of its records; a transaction is committed as a whole
 * @param partition the partition of that record
 * @param offset the offset of that record
 */
record TransactionOrigin(
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

  /** For an operator who has to write the records again. */
  @Override
  public String toString() {
    return "%d records written to '%s' between %s and %s, to be committed with checkpoint %d"
        .formatted(records, topic, begin, end, checkpoint);
  }
}
