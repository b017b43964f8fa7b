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
 * Describes a bad record in the headers of its dead letter, as UTF-8 text. The dead letter's value
 * is the original value, or the row as JSON.
 *
 * @param job the job's name, if it has one
 * @param alias the name of the input or output
 * @param origin where the record was read, if known
 * @param time when the problem was detected
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

  /** Present on a truncated value: its original size in bytes. */
  public static final String TRUNCATED = "outflow-truncated-from";

  /**
   * Creates the dead letter.
   *
   * @param timestamp the bad record's timestamp in ms; null for the time of sending
   * @param limit the number of bytes after which the value is truncated
   */
  public ProducerRecord<byte[], byte[]> toRecord(
      String topic, Long timestamp, byte[] key, byte[] value, int limit) {
    Headers headers = headers();
    byte[] truncated = value;
    if (value != null && value.length > limit) {
      headers.add(TRUNCATED, text(value.length));
      truncated = Arrays.copyOf(value, limit);
    }
    return new ProducerRecord<>(topic, null, timestamp, key, truncated, headers);
  }

  private Headers headers() {
    Headers headers = new RecordHeaders();
    headers.add(CODE, text(problem.code()));
    headers.add(ALIAS, text(alias));
    job.ifPresent(name -> headers.add(JOB, text(name)));
    headers.add(MESSAGE, text(problem.message()));
    problem.column().ifPresent(column -> headers.add(COLUMN, text(column)));
    origin.ifPresent(
        source -> {
          headers.add(TOPIC, text(source.topic()));
          headers.add(PARTITION, text(source.partition()));
          headers.add(OFFSET, text(source.offset()));
        });
    headers.add(TIME, text(time.truncatedTo(ChronoUnit.MILLIS)));
    return headers;
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
