package dev.outflow.local.preview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** What a job did with a record or a row, as far as people want to see it. */
sealed interface PreviewEvent {
  /** Returns about how many bytes it occupies. */
  long size();

  /** The memory of an event without its values, in bytes. */
  int OVERHEAD = 300;

  /**
   * A row of an output.
   *
   * @param change what the row does to earlier ones; INSERT unless the output has a changelog
   * @param record the record that the job would write; its value is null for a tombstone
   */
  record Written(String output, RowKind change, ProducerRecord<byte[], byte[]> record)
      implements PreviewEvent {
    @Override
    public long size() {
      long size = (long) OVERHEAD + length(record.key()) + length(record.value());
      for (Header header : record.headers()) {
        size += header.key().length() + length(header.value());
      }
      return size;
    }

    private static int length(byte[] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }

  /** A row that an output cannot write. */
  record BadRow(String output, RecordProblem problem) implements PreviewEvent {
    @Override
    public long size() {
      return OVERHEAD;
    }
  }

  /**
   * A record that an input cannot read.
   *
   * @param reason contains no values of the record
   */
  record BadRecord(
      String input,
      String code,
      Optional<String> column,
      String reason,
      String topic,
      int partition,
      long offset)
      implements PreviewEvent {
    @Override
    public long size() {
      return OVERHEAD;
    }
  }

  /**
   * A row of an input whose event time the watermark had already passed: a window that contains it
   * may be closed.
   *
   * @param row its columns; null if JSON cannot represent them
   * @param bytes the size of the row
   */
  record LateRow(String input, Instant time, Instant watermark, ObjectNode row, long bytes)
      implements PreviewEvent {
    @Override
    public long size() {
      return OVERHEAD + bytes;
    }
  }
}
