package dev.outflow.kafka.silence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confirms that partitions are silent: asks their leaders for the end of those that sent nothing
 * for a moment. A partition is silent at the time of the question if its end is where the source
 * had read before. Whatever is unknown or fails confirms nothing, so time does not advance.
 */
final class SilenceProbe implements Runnable, AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(SilenceProbe.class);

  private final String input;
  private final SubtaskProgress progress;
  private final Supplier<PartitionEnds> connect;
  private final Clock clock;
  private final Map<TopicPartition, Gap> gaps = new HashMap<>();
  private PartitionEnds ends;
  private boolean failing;
  private volatile boolean closed;

  /** The offsets between where the source has read and the end. */
  private record Gap(long from, long to, PartitionEnds.Content content) {}

  /** {@code input} as logged, e.g. {@code input 'orders'}. */
  SilenceProbe(
      String input, SubtaskProgress progress, Supplier<PartitionEnds> connect, Clock clock) {
    this.input = input;
    this.progress = progress;
    this.connect = connect;
    this.clock = clock;
  }

  /** Asks every {@link #INTERVAL} until it is closed or interrupted. */
  @Override
  public void run() {
    try {
      while (!closed) {
        ask();
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  /** Asks once. */
  void ask() {
    try {
      confirmSilence();
      failing = false;
    } catch (RuntimeException e) {
      progress.partitions().forEach(PartitionProgress::unconfirmed);
      if (closed || Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!failing) {
        LOG.warn(
            "{}: the time of silent partitions does not advance, because a leader does not answer: {}",
            input,
            e.toString());
      }
      failing = true;
      disconnect();
    }
  }

  private void confirmSilence() {
    long now = clock.millis();
    List<PartitionProgress> quiet = new ArrayList<>();
    Map<TopicPartition, Long> read = new HashMap<>();
    for (PartitionProgress partition : progress.partitions()) {
      if (partition.isUnread() || now - partition.emittedAt() >= INTERVAL.toMillis()) {
        quiet.add(partition);
        read.put(partition.partition(), partition.next()); // Before the question.
      }
    }
    if (quiet.isEmpty()) {
      return;
    }
    if (ends == null) {
      ends = connect.get();
    }
    Map<TopicPartition, Long> found = ends.ends(read.keySet());
    for (PartitionProgress partition : quiet) {
      Long end = found.get(partition.partition());
      if (end == null) {
        continue;
      }
      partition.startedWithEnd(end);
      if (isAtEnd(partition.partition(), read.get(partition.partition()), end)) {
        partition.confirmSilence(now);
      } else {
        partition.unconfirmed();
      }
    }
  }

  private boolean isAtEnd(TopicPartition partition, long read, long end) {
    if (read == end) {
      return true;
    }
    Gap known = gaps.get(partition);
    if (known == null || known.from != read || known.to != end) {
      known = new Gap(read, end, ends.between(partition, read, end));
    }
    if (known.content == PartitionEnds.Content.UNDECIDED) {
      gaps.remove(partition);
    } else {
      gaps.put(partition, known);
    }
    return known.content == PartitionEnds.Content.NOTHING;
  }

  private void disconnect() {
    if (ends != null) {
      try {
        ends.close();
      } catch (RuntimeException e) {
        LOG.debug("{}: the connection could not be closed", input, e);
      }
      ends = null;
    }
  }

  /** Ends {@link #run} with its next question. */
  @Override
  public void close() {
    closed = true;
  }
}
