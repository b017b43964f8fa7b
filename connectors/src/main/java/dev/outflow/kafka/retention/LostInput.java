package dev.outflow.kafka.retention;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Records of one partition that Kafka deleted before the job read them. */
sealed interface LostInput {
  /** The partition. */
  TopicPartition partition();

  /** The offset of the first record that is left, where the job can resume. */
  long resume();

  /** How many records are lost at most, because not every offset is a record; 0 if unknown. */
  default long records() {
    return 0;
  }

  /**
   * Records that retention or a DeleteRecords request deleted.
   *
   * @param from the first offset that was not read
   * @param to the first offset that is left
   * @param lastRead the timestamp of the last record that was read, in milliseconds; -1 if unknown
   * @param firstLeft the timestamp of the first record that is left, in milliseconds; -1 if none is
   */
  record DeletedRecords(TopicPartition partition, long from, long to, long lastRead, long firstLeft)
      implements LostInput {
    DeletedRecords before(long firstLeft) {
      return new DeletedRecords(partition, from, to, lastRead, firstLeft);
    }

    @Override
    public long resume() {
      return to;
    }

    @Override
    public long records() {
      return to - from;
    }

    @Override
    public String toString() {
      return "%s: offsets %d to %d (up to %d records%s) were deleted before they were read"
          .formatted(partition, from, to - 1, records(), times());
    }

    private String times() {
      if (firstLeft < 0) {
        return lastRead < 0 ? "" : ", written after " + Instant.ofEpochMilli(lastRead);
      }
      return lastRead < 0
          ? ", written before " + Instant.ofEpochMilli(firstLeft)
          : ", written between %s and %s"
              .formatted(Instant.ofEpochMilli(lastRead), Instant.ofEpochMilli(firstLeft));
    }
  }

  /** Records of a topic that was deleted and created again. */
  record RecreatedTopic(TopicPartition partition, long from, long resume, Uuid before, Uuid now)
      implements LostInput {
    @Override
    public String toString() {
      return "%s: the topic was deleted and created again (topic id %s, now %s), with its records from offset %d on"
          .formatted(partition, before, now, from);
    }
  }

  /** Records of a partition that no longer exists. */
  record DeletedPartition(TopicPartition partition, long from) implements LostInput {
    @Override
    public long resume() {
      return 0; // Where the partition begins if it is created again.
    }

    @Override
    public String toString() {
      return "%s: the partition was deleted, with its records from offset %d on"
          .formatted(partition, from);
    }
  }

  /** A position after the end of the log: the records before it are not those that were read. */
  record BeyondEnd(TopicPartition partition, long from, long resume, long end)
      implements LostInput {
    @Override
    public String toString() {
      return "%s: the job has read up to offset %d, but the log ends at offset %d: the topic was deleted and created again, or an unclean leader election truncated the log"
          .formatted(partition, from, end);
    }
  }

  /** A log that an unclean leader election truncated and that has other records since. */
  record TruncatedLog(TopicPartition partition, long from, long resume) implements LostInput {
    @Override
    public String toString() {
      return "%s: the job has read up to offset %d, but an unclean leader election truncated the log to offset %d"
          .formatted(partition, from, resume);
    }
  }
}
