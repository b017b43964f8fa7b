package dev.outflow.kafka.output;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/** Which partition of the topic a record goes to. */
public enum PartitionStrategy {
  /** Kafka's Java clients: murmur2 of the key. */
  MURMUR2(true) {
    @Override
    PartitionChoice begin(int subtask) {
      return PartitionChoice.LEFT_TO_PRODUCER;
    }
  },

  /**
   * librdkafka's default {@code consistent_random}, and so what Azure Stream Analytics does: CRC-32
   * of the key modulo the partitions; any partition when the key is null or empty.
   */
  CRC32(true) {
    @Override
    PartitionChoice begin(int subtask) {
      return (key, partitions) ->
          key == null || key.length == 0
              ? ThreadLocalRandom.current().nextInt(partitions.count())
              : (int) (crc32(key) % partitions.count());
    }
  },

  /**
   * One record to each partition in turn, from each parallel task. Flink's own option of this name
   * does not do so: it leaves the choice to the producer, which fills one partition at a time.
   */
  ROUND_ROBIN(false) {
    @Override
    PartitionChoice begin(int subtask) {
      return new PartitionChoice() {
        private long next = subtask;

        @Override
        public Integer choose(byte[] key, Partitions partitions) {
          return (int) (next++ % partitions.count());
        }
      };
    }
  },

  /** Kafka's own choice without a key: one partition until a batch is full, then another. */
  STICKY(false) {
    @Override
    PartitionChoice begin(int subtask) {
      return PartitionChoice.LEFT_TO_PRODUCER;
    }
  };

  private final boolean needsKey;

  PartitionStrategy(boolean needsKey) {
    this.needsKey = needsKey;
  }

  /** Whether it chooses by the key, so that without a partition key it has nothing to go by. */
  boolean needsKey() {
    return needsKey;
  }

  /** The choices of one parallel task, numbered from 0. */
  abstract PartitionChoice begin(int subtask);

  private static long crc32(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(key);
    return crc.getValue();
  }

  /** As written in options: {@code round-robin}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
