package dev.outflow.kafka.output;

import dev.outflow.kafka.TopicSettings;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;

/**
 * Which records a topic takes. The producer would refuse the others, or the broker, and with them
 * the whole transaction, at every attempt anew.
 *
 * @param producer its own limits
 * @param topicLimit the topic's {@code max.message.bytes}, of which the brokers ask that a batch
 *     has no more once it is compressed; the largest number if that is not known
 * @param needsKey whether the topic refuses records without a key
 * @param sizes how large a record is in the topic
 * @param times which timestamps the topic takes
 */
record RecordLimits(
    ProducerLimits producer,
    long topicLimit,
    boolean needsKey,
    CompressedSize sizes,
    TimestampLimits times) {

  /** Of a topic, as far as its settings are known. */
  static RecordLimits of(ProducerLimits producer, Optional<TopicSettings> topic) {
    return new RecordLimits(
        producer,
        topic
            .map(it -> it.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE))
            .orElse(Long.MAX_VALUE),
        topic.filter(TopicSettings::isCompacted).isPresent(),
        new CompressedSize(
            producer.compression(), topic.map(TopicSettings::compression).orElse("producer")),
        TimestampLimits.of(topic, Clock.systemUTC()));
  }

  /** Why Kafka will not take a record, if it will not. */
  Optional<RecordProblem> problem(ProducerRecord<byte[], byte[]> record) {
    if (needsKey && record.key() == null) {
      return Optional.of(
          new RecordProblem(
              ErrorCode.REQUIRED_COLUMN_MISSING,
              "the record has no key, and topic '%s' takes none without (its cleanup.policy is compact); give the columns of 'partition-key' a value in the query"
                  .formatted(record.topic())));
    }
    int estimate = estimate(record);
    if (estimate > producer.smallest()) {
      return Optional.of(
          tooLarge(
              "%d bytes are more than the producer's %s"
                  .formatted(estimate, producer.nameOf(estimate))));
    }
    if (sizes.atMost(estimate) <= topicLimit) {
      return Optional.empty();
    }
    int size = sizes.of(record);
    return size <= topicLimit
        ? Optional.empty()
        : Optional.of(
            tooLarge(
                "%d bytes%s are more than max.message.bytes %d of topic '%s'; raise it there and restart the job"
                    .formatted(
                        size,
                        sizes.isCompressed() ? ", compressed," : "",
                        topicLimit,
                        record.topic())));
  }

  /**
   * How many more bytes a record's value can have, even if compressing makes them more.
   *
   * @return less than 0 if it is too large already
   */
  long room(ProducerRecord<byte[], byte[]> record) {
    return Math.min(producer.smallest(), sizes.fitting(topicLimit)) - estimate(record);
  }

  /** What Kafka's producer takes for the size of a batch with nothing else in it. */
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
