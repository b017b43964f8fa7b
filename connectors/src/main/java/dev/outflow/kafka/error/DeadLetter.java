package dev.outflow.kafka.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A bad record on its way to the dead-letter topic. Its value is what was read, or the row as JSON;
 * what is known of it stands in headers, as text in UTF-8.
 *
 * @param job the job's name, if it has one
 * @param alias of the input or output
 * @param origin where it was read, if that is known
 * @param time when it was found to be bad
 */
public record DeadLetter(
    Optional<String> job,
    String alias,
    RecordProblem problem,
    Optional<RecordOrigin> origin,
    Instant time) {
  public static final String CODE = "outflow-code";
  public static final String ALIAS = "outflow-alias";
  public static final String JOB = "outflow-job";
  public static final String MESSAGE = "outflow-message";
  public static final String COLUMN = "outflow-column";
  public static final String TOPIC = "outflow-topic";
  public static final String PARTITION = "outflow-partition";
  public static final String OFFSET = "outflow-offset";
  public static final String TIME = "outflow-time";

  /** There when the value was cut: how many bytes it had. */
  public static final String TRUNCATED = "outflow-truncated-from";

  /**
   * The record for Kafka.
   *
   * @param timestamp the bad record's own, in ms; null for the time of sending
   * @param limit how many bytes of the value the topic is sure to take
   */
  public ProducerRecord<byte[], byte[]> to(
      String topic, Long timestamp, byte[] key, byte[] value, int limit) {
    Headers headers = headers();
    byte[] kept = value;
    if (value != null && value.length > limit) {
      headers.add(TRUNCATED, text(value.length));
      kept = Arrays.copyOf(value, limit);
    }
    return new ProducerRecord<>(topic, null, timestamp, key, kept, headers);
  }

  private Headers headers() {
    Headers headers = new RecordHeaders();
    headers.add(CODE, text(problem.code()));
    headers.add(ALIAS, text(alias));
    job.ifPresent(it -> headers.add(JOB, text(it)));
    headers.add(MESSAGE, text(problem.message()));
    problem.column().ifPresent(it -> headers.add(COLUMN, text(it)));
    origin.ifPresent(
        it -> {
          headers.add(TOPIC, text(it.topic()));
          headers.add(PARTITION, text(it.partition()));
          headers.add(OFFSET, text(it.offset()));
        });
    headers.add(TIME, text(time.truncatedTo(ChronoUnit.MILLIS)));
    return headers;
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
