package dev.outflow.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters once more, each once: that one was sent is remembered, as the offset of a
 * consumer group, in the transaction in which it is.
 *
 * @param to instead of the topics where they were read
 */
record DeadLetterReplay(DeadLetterTopicClient kept, Optional<String> to) {
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** In bytes, as a producer's properties have it. */
  private static final String LARGEST = String.valueOf(64 * 1024 * 1024);

  /**
   * Sends what was not sent before.
   *
   * @return how many and where to, for people
   * @throws dev.outflow.definition.InvalidDefinitionException at the first that was read from
   *     another topic than the input's, if nothing says where to send it; those before it are sent
   */
  String run() {
    Map<String, Integer> sent = new TreeMap<>();
    int leftOut = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer();
        DeadLetterReader reader = DeadLetterReader.open(kept)) {
      producer.initTransactions();
      reader.fromWhereTheGroupIs();
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        List<ProducerRecord<byte[], byte[]>> again =
            batch.stream().flatMap(it -> again(it).stream()).toList();
        send(producer, reader, again);
        again.forEach(it -> sent.merge(it.topic(), 1, Integer::sum));
        leftOut += batch.size() - again.size();
      }
    }
    return told(sent, leftOut);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The commit fails with what a send fails with.
  private void send(
      KafkaProducer<byte[], byte[]> producer,
      DeadLetterReader reader,
      List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    try {
      records.forEach(producer::send);
      producer.sendOffsetsToTransaction(reader.positions(), reader.group());
      producer.commitTransaction();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO); // Without a commit: Kafka aborts it.
      throw e;
    }
  }

  /** Nothing for what was cut. */
  private Optional<ProducerRecord<byte[], byte[]>> again(ConsumerRecord<byte[], byte[]> record) {
    DeadLetterText letter = new DeadLetterText(record);
    String target = to.orElseGet(() -> kept.source(letter));
    return letter.isCut()
        ? Optional.empty()
        : Optional.of(
            new ProducerRecord<>(target, null, record.timestamp(), record.key(), record.value()));
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = kept.clientProperties(ProducerConfig.configNames());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kept.replayGroup());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WAIT.toMillis());
    // What was read may be larger than what a producer sends by default: the topic decides.
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static String told(Map<String, Integer> sent, int leftOut) {
    StringBuilder told = new StringBuilder();
    sent.forEach((topic, count) -> told.append("%d sent to '%s'%n".formatted(count, topic)));
    if (leftOut > 0) {
      told.append("%d left out: cut%n".formatted(leftOut));
    }
    return told.isEmpty() ? "nothing new to send" : told.toString().stripTrailing();
  }
}
