package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import java.io.Serializable;
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a {@code METADATA} column can read from a record. */
interface RecordMetadata extends Serializable {
  /** Returns the type of the values. */
  DataType type();

  /**
   * Returns the value in Flink's internal form.
   *
   * @param problem why the record is bad; null if it is good
   */
  Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem);
}
