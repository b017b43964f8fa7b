package dev.outflow.tls;

import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A plain producer of strings. Implements types of the JDK, so that any class loader can load it.
 */
public final class PlainProducer implements Consumer<String>, AutoCloseable {
  private final KafkaProducer<String, String> producer;
  private final String topic;

  public PlainProducer(Properties properties, String topic) {
    this.topic = topic;
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    try {
      producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Sends a value and waits until the broker has acknowledged it. */
  @Override
  public void accept(String value) {
    try {
      producer.send(new ProducerRecord<>(topic, value)).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
