package dev.outflow.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Republishes dead letters.
 *
 * @param target the topic to send to; by default the topic that each was read from
 * @param inTransactions true: exactly once, because the offsets of those that have been sent are
 *     committed in the same transaction; false: an interrupted replay sends its last batch again
 */
record DeadLetterReplay(
    DeadLetterTopicClient client, Optional<String> target, boolean inTransactions) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String MAX_BYTES = String.valueOf(64 * 1024 * 1024);

  /**
   * Sends the dead letters that have not been sent before.
   *
   * @return how many were sent to which topic, as text
   * @throws dev.outflow.definition.InvalidDefinitionException at the first that was not read from
   *     the input's topic, unless there is a target; those before it have been sent
   */
  String run() {
    Map<String, Integer> sent = new TreeMap<>();
    int skipped = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer();
        DeadLetterReader reader = DeadLetterReader.open(client)) {
      if (inTransactions) {
        producer.initTransactions();
      }
      reader.seekToCommitted();
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        List<ProducerRecord<byte[], byte[]>> records =
            batch.stream().flatMap(deadLetter -> original(deadLetter).stream()).toList();
        if (inTransactions) {
          sendInTransaction(producer, reader, records);
        } else {
          send(producer, reader, records);
        }
        records.forEach(record -> sent.merge(record.topic(), 1, Integer::sum));
        skipped += batch.size() - records.size();
      }
    }
    return summary(sent, skipped);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // If a send fails, the commit fails too.
  private static void sendInTransaction(
      KafkaProducer<byte[], byte[]> producer,
      DeadLetterReader reader,
      List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    try {
      records.forEach(producer::send);
      producer.sendOffsetsToTransaction(reader.positions(), reader.group());
      producer.commitTransaction();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO); // Kafka aborts the transaction.
      throw e;
    }
  }

  /** Commits offsets once every record has arrived. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      DeadLetterReader reader,
      List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      try {
        record.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
    reader.commit();
  }

  /** Returns the record as it was read; empty if it was truncated. */
  private Optional<ProducerRecord<byte[], byte[]>> original(ConsumerRecord<byte[], byte[]> record) {
    DeadLetterText deadLetter = new DeadLetterText(record);
    String topic = target.orElseGet(() -> client.source(deadLetter));
    return deadLetter.isTruncated()
        ? Optional.empty()
        : Optional.of(
            new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value()));
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = client.clientProperties(ProducerConfig.configNames());
    if (inTransactions) {
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, client.replayGroup());
    }
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
    // The topic limits the size of records, not the producer's defaults.
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_BYTES);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, MAX_BYTES);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String summary(Map<String, Integer> sent, int skipped) {
    StringBuilder text = new StringBuilder();
    sent.forEach((topic, count) -> text.append("%d sent to '%s'%n".formatted(count, topic)));
    if (skipped > 0) {
      text.append("%d skipped: truncated%n".formatted(skipped));
    }
    return text.isEmpty() ? "nothing new to send" : text.toString().stripTrailing();
  }
}
