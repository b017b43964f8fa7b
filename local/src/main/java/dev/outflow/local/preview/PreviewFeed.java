package dev.outflow.local.preview;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a job in this JVM passes to the terminal: found by an id that fits into the options of a
 * table.
 */
final class PreviewFeed implements AutoCloseable {
  private static final Map<String, PreviewFeed> OPEN = new ConcurrentHashMap<>();
  private static final int MAX_EVENTS = 10_000;
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  private final String id = UUID.randomUUID().toString();
  private final EventQueue events;
  private final Map<String, InputProgress> inputs = new LinkedHashMap<>();
  private final Map<String, OutputProgress> outputs = new LinkedHashMap<>();

  private PreviewFeed(
      Collection<String> inputNames, Collection<String> aliases, boolean isComplete) {
    this.events = new EventQueue(MAX_EVENTS, MAX_BYTES, isComplete);
    inputNames.forEach(name -> inputs.put(name, new InputProgress()));
    aliases.forEach(alias -> outputs.put(alias, new OutputProgress()));
  }

  /**
   * Opens a feed.
   *
   * @param isComplete whether the job waits for a slow reader; otherwise old events are dropped
   */
  static PreviewFeed open(
      Collection<String> inputNames, Collection<String> aliases, boolean isComplete) {
    PreviewFeed feed = new PreviewFeed(inputNames, aliases, isComplete);
    OPEN.put(feed.id, feed);
    return feed;
  }

  /**
   * Returns an open feed.
   *
   * @throws IllegalStateException if it is closed, or of another JVM
   */
  static PreviewFeed of(String id) {
    PreviewFeed feed = OPEN.get(id);
    if (feed == null) {
      throw new IllegalStateException("the preview has ended");
    }
    return feed;
  }

  String id() {
    return id;
  }

  void put(PreviewEvent event) throws InterruptedException {
    events.put(event);
  }

  List<PreviewEvent> drain() {
    return events.drain();
  }

  InputProgress input(String name) {
    return inputs.get(name);
  }

  OutputProgress output(String alias) {
    return outputs.get(alias);
  }

  Map<String, InputProgress.Snapshot> inputs() {
    Map<String, InputProgress.Snapshot> snapshots = new LinkedHashMap<>();
    inputs.forEach((name, input) -> snapshots.put(name, input.snapshot()));
    return snapshots;
  }

  Map<String, OutputProgress.Snapshot> outputs() {
    Map<String, OutputProgress.Snapshot> snapshots = new LinkedHashMap<>();
    outputs.forEach((alias, output) -> snapshots.put(alias, output.snapshot()));
    return snapshots;
  }

  @Override
  public void close() {
    OPEN.remove(id);
    events.close();
  }
}
