package dev.outflow.kafka.output;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/** Assigns records to partitions: the option {@code partitioner}. */
public enum PartitionStrategy {
  /** Kafka's Java clients: murmur2 of the key. */
  MURMUR2(true) {
    @Override
    PartitionChoice forSubtask(int subtask) {
      return PartitionChoice.LEFT_TO_PRODUCER;
    }
  },

  /**
   * librdkafka's default {@code consistent_random}, which Azure Stream Analytics uses: CRC-32 of
   * the key modulo the number of partitions; a random partition if the key is null or empty.
   */
  CRC32(true) {
    @Override
    PartitionChoice forSubtask(int subtask) {
      return (key, partitions) ->
          key == null || key.length == 0
              ? ThreadLocalRandom.current().nextInt(partitions.count())
              : (int) (crc32(key) % partitions.count());
    }

    /** Hashes an empty key, too. */
    @Override
    PartitionChoice forUpserts(int subtask) {
      return (key, partitions) -> (int) (crc32(key) % partitions.count());
    }
  },

  /**
   * One record to each partition in turn, per subtask. Flink's {@code sink.partitioner=round-robin}
   * instead leaves the choice to the producer, which fills one partition at a time.
   */
  ROUND_ROBIN(false) {
    @Override
    PartitionChoice forSubtask(int subtask) {
      return new PartitionChoice() {
        private long next = subtask;

        @Override
        public Integer choose(byte[] key, Partitions partitions) {
          return (int) (next++ % partitions.count());
        }
      };
    }
  },

  /**
   * Kafka's default for records without a key: one partition until a batch is full, then another.
   */
  STICKY(false) {
    @Override
    PartitionChoice forSubtask(int subtask) {
      return PartitionChoice.LEFT_TO_PRODUCER;
    }
  };

  private final boolean needsKey;

  PartitionStrategy(boolean needsKey) {
    this.needsKey = needsKey;
  }

  /** Returns whether the strategy requires a partition key. */
  boolean needsKey() {
    return needsKey;
  }

  /** Returns the choices of one subtask, by its index from 0. */
  abstract PartitionChoice forSubtask(int subtask);

  /** Returns choices that assign all records of a key, which none lacks, to the same partition. */
  PartitionChoice forUpserts(int subtask) {
    return forSubtask(subtask);
  }

  private static long crc32(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(key);
    return crc.getValue();
  }

  /** Returns the value as in options: {@code round-robin}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
