package dev.outflow.deploy.logging;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A process that logs events that are hard to format as one line. */
final class LogExamples {
  static final String PASSWORD = "wonder-7Hq!x=9_land";
  static final String WARNING = "something is odd";
  private static final Logger LOG = LoggerFactory.getLogger(LogExamples.class);

  private LogExamples() {}

  public static void main(String[] arguments) {
    LOG.info("before a job");
    MDC.put("flink-job-id", "1c9b");
    LOG.info("of a job");
    LOG.warn("says \"quoted\", C:\\path and\na second line\twith é");
    LOG.error("failed", new IllegalStateException("outer \"cause\"", new RuntimeException("root")));
    Properties producer = new Properties();
    producer.put("bootstrap.servers", "localhost:1");
    producer.put("sasl.jaas.config", "Login required password=\"" + PASSWORD + "\";");
    producer.put("key.serializer", ByteArraySerializer.class);
    producer.put("value.serializer", ByteArraySerializer.class);
    LoggerFactory.getLogger(AbstractConfig.class).warn(WARNING);
    new KafkaProducer<>(producer).close(Duration.ZERO);
  }
}
