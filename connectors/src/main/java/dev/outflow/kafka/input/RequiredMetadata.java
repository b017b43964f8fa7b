package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Metadata that a record can lack, in a column that is {@code NOT NULL}. */
record RequiredMetadata(String column, RecordMetadata value) implements RecordMetadata {
  @Override
  public DataType type() {
    return value.type().notNull();
  }

  /** {@inheritDoc} A bad record that lacks it has an empty value. */
  @Override
  public Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
    Object found = value.of(record, problem);
    return found == null ? PlaceholderRow.value(type().getLogicalType()) : found;
  }

  boolean isMissingFrom(ConsumerRecord<byte[], byte[]> record) {
    return value.of(record, null) == null;
  }
}
