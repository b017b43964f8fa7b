package dev.outflow.kafka.silence;

import org.apache.kafka.common.TopicPartition;

/** A reader that may leave out partitions that are assigned to it. */
public interface SelectiveReader {
  /** Returns whether an assigned partition is read. */
  boolean reads(TopicPartition partition);
}
