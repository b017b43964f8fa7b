package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;

/**
 * The records that a topic accepts. If the producer or the broker rejects a record, the whole
 * transaction fails, again at every restart.
 *
 * @param producer the producer's limits
 * @param topicLimit the topic's {@code max.message.bytes}, which limits a batch after compression;
 *     {@link Long#MAX_VALUE} if unknown
 * @param requiresKey whether the topic rejects records without a key
 * @param sizes computes the size of a record in the topic
 * @param timestamps the timestamps that the topic accepts
 */
record RecordLimits(
    ProducerLimits producer,
    long topicLimit,
    boolean requiresKey,
    CompressedSize sizes,
    TimestampLimits timestamps) {

  /** Derives the limits of a topic, whose settings may be unknown. */
  static RecordLimits of(ProducerLimits producer, Optional<TopicSettings> topic) {
    return new RecordLimits(
        producer,
        topic
            .map(settings -> settings.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE))
            .orElse(Long.MAX_VALUE),
        topic.filter(TopicSettings::isCompacted).isPresent(),
        CompressedSize.of(
            producer.compression(), topic.map(TopicSettings::compression).orElse("producer")),
        TimestampLimits.of(topic, Clock.systemUTC()));
  }

  /** Explains why Kafka would reject a record; empty if it would not. */
  Optional<RecordProblem> problem(ProducerRecord<byte[], byte[]> record) {
    if (requiresKey && record.key() == null) {
      return Optional.of(
          new RecordProblem(
              ErrorCode.REQUIRED_COLUMN_MISSING,
              "the record has no key, but topic '%s' requires one (its cleanup.policy is compact); set the columns of 'partition-key' in the query"
                  .formatted(record.topic())));
    }
    int estimate = estimate(record);
    if (estimate > producer.maxRecordSize()) {
      return Optional.of(tooLarge(producer.explainRejection(estimate) + ofHeaders(record)));
    }
    if (sizes.upperBound(estimate) <= topicLimit) {
      return Optional.empty();
    }
    int size = sizes.of(record);
    return size <= topicLimit
        ? Optional.empty()
        : Optional.of(
            tooLarge(
                "%d bytes%s exceed max.message.bytes %d of topic '%s'; raise it and restart the job%s"
                    .formatted(
                        size,
                        sizes.isCompressed() ? " (compressed)" : "",
                        topicLimit,
                        record.topic(),
                        ofHeaders(record))));
  }

  /**
   * Returns how many bytes can be added to a record's value, even if they are incompressible.
   *
   * @return less than 0 if the record is too large already
   */
  long remaining(ProducerRecord<byte[], byte[]> record) {
    return Math.min(producer.maxRecordSize(), sizes.maxUncompressed(topicLimit)) - estimate(record);
  }

  /** Names the headers if they take more than half of a record. */
  private static String ofHeaders(ProducerRecord<byte[], byte[]> record) {
    int size = headers(record);
    return size > estimate(record) / 2 ? "; its headers have %d bytes".formatted(size) : "";
  }

  private static int headers(ProducerRecord<byte[], byte[]> record) {
    int size = 0;
    for (Header header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  /** Returns the size that Kafka's producer estimates for a batch with only this record. */
  private static int estimate(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  private static RecordProblem tooLarge(String message) {
    return new RecordProblem(ErrorCode.SIZE_LIMIT, message);
  }
}
