package dev.outflow.local.preview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Events on their way from the job to the terminal, in bounded memory. Thread-safe. */
final class EventQueue {
  private final int maxEvents;
  private final long maxBytes;
  private final boolean waits;
  private final Deque<PreviewEvent> events = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Creates an empty queue.
   *
   * @param waits what happens if it is full: true, the job waits; false, the oldest events are
   *     dropped
   */
  EventQueue(int maxEvents, long maxBytes, boolean waits) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.waits = waits;
  }

  /** Adds an event; a single one can be larger than the limit. Nothing is added once closed. */
  synchronized void put(PreviewEvent event) throws InterruptedException {
    while (waits && !closed && isFull(event)) {
      wait();
    }
    while (!waits && isFull(event)) {
      bytes -= events.removeFirst().size();
    }
    if (!closed) {
      events.addLast(event);
      bytes += event.size();
    }
  }

  /** Removes and returns all events, in their order. */
  synchronized List<PreviewEvent> drain() {
    List<PreviewEvent> drained = new ArrayList<>(events);
    events.clear();
    bytes = 0;
    notifyAll();
    return drained;
  }

  /** Returns all events, in their order. */
  synchronized List<PreviewEvent> content() {
    return new ArrayList<>(events);
  }

  /** Lets the job go on without adding events. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private boolean isFull(PreviewEvent event) {
    return !events.isEmpty() && (events.size() >= maxEvents || bytes + event.size() > maxBytes);
  }
}
