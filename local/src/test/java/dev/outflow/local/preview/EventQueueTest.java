package dev.outflow.local.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  @Test
  void dropsTheOldestEventsInsteadOfFillingTheMemory() throws Exception {
    EventQueue queue = new EventQueue(100, 10_000, false);
    for (int number = 0; number < 10; number++) {
      queue.put(row(3_000));
    }
    assertThat(queue.content()).hasSize(3);
    PreviewEvent large = row(1_000_000);
    queue.put(large);
    assertThat(queue.drain()).containsExactly(large);
  }

  @Test
  void letsTheJobWaitForASlowReader() throws Exception {
    EventQueue queue = new EventQueue(1, 10_000, true);
    PreviewEvent first = row(1);
    PreviewEvent second = row(2);
    queue.put(first);
    CompletableFuture<Void> job = put(queue, second);

    assertThat(queue.content()).containsExactly(first);
    assertThat(queue.drain()).containsExactly(first);
    job.get();
    assertThat(queue.content()).containsExactly(second);
  }

  @Test
  void releasesAJobThatWaitsWhenThePreviewEnds() throws Exception {
    EventQueue queue = new EventQueue(1, 10_000, true);
    queue.put(row(1));
    CompletableFuture<Void> job = put(queue, row(2));
    queue.close();
    await().until(job::isDone);
    assertThat(queue.content()).hasSize(1);
  }

  private static CompletableFuture<Void> put(EventQueue queue, PreviewEvent event) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            queue.put(event);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static PreviewEvent row(int bytes) {
    return new PreviewEvent.Written(
        "orders", RowKind.INSERT, new ProducerRecord<>("topic", new byte[bytes]));
  }
}
