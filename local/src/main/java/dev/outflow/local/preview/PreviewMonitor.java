package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import dev.outflow.local.watch.Pause;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Watches a preview until its job ends, enough rows were shown, its time is over or Ctrl-C. */
public final class PreviewMonitor {
  /** At most four frames per second. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final Preview preview;
  private final PreviewView view;
  private final boolean isComplete;
  private final Optional<Long> rows;
  private final Optional<Duration> time;
  private long shown;

  private PreviewMonitor(
      Preview preview,
      PreviewView view,
      boolean isComplete,
      Optional<Long> rows,
      Optional<Duration> time) {
    this.preview = preview;
    this.view = view;
    this.isComplete = isComplete;
    this.rows = rows;
    this.time = time;
  }

  /**
   * Prints JSON lines.
   *
   * @param text formats the values of an output
   * @param rows how many rows to print at most
   * @param time how long to watch once all tasks run
   */
  public static PreviewMonitor ofJsonLines(
      Preview preview,
      PrintWriter out,
      PrintWriter err,
      BiFunction<ComposedJob, String, Function<byte[], String>> text,
      Optional<Long> rows,
      Optional<Duration> time) {
    return new PreviewMonitor(
        preview, new JsonLinesView(out, err, json(preview, text)), true, rows, time);
  }

  /** Draws a table that refreshes; parameters as for {@link #ofJsonLines}. */
  public static PreviewMonitor ofTerminal(
      Preview preview,
      PrintWriter out,
      Terminal terminal,
      BiFunction<ComposedJob, String, Function<byte[], String>> text,
      Optional<Long> rows,
      Optional<Duration> time) {
    return new PreviewMonitor(
        preview,
        new TableView(out, terminal, preview.job().definition().name(), json(preview, text)),
        false,
        rows,
        time);
  }

  private static RecordJson json(
      Preview preview, BiFunction<ComposedJob, String, Function<byte[], String>> text) {
    Map<String, Function<byte[], String>> values = new HashMap<>();
    preview
        .outputs()
        .keySet()
        .forEach(alias -> values.put(alias, text.apply(preview.job(), alias)));
    return new RecordJson(values);
  }

  /**
   * Returns when the preview has ended.
   *
   * @throws IllegalStateException if the job failed
   */
  public void watch(Pause pause) throws InterruptedException {
    Instant start = Instant.now();
    Optional<Instant> open = Optional.empty();
    boolean hasEnded;
    PreviewStatus status;
    do {
      boolean isFinished = preview.isFinished();
      List<PreviewEvent> arrived = limited(preview.feed().drain());
      status = PreviewStatus.of(preview, Duration.between(start, Instant.now()));
      view.show(arrived, status);
      if (open.isEmpty() && status.isOpen()) {
        open = Optional.of(Instant.now());
      }
      hasEnded = isFinished || hasAllRows(status) || isTimeOver(open) || view.isClosed();
    } while (!hasEnded && !pause.isEndedWithin(INTERVAL));
    view.end(preview.job(), status);
  }

  /** Leaves out rows, and what follows them, that are more than wanted. */
  private List<PreviewEvent> limited(List<PreviewEvent> arrived) {
    List<PreviewEvent> wanted = new ArrayList<>();
    for (PreviewEvent event : arrived) {
      if (rows.isPresent() && shown >= rows.get()) {
        break;
      }
      shown += event instanceof PreviewEvent.Written ? 1 : 0;
      wanted.add(event);
    }
    return wanted;
  }

  private boolean hasAllRows(PreviewStatus status) {
    return rows.isPresent() && (isComplete ? shown : status.rows()) >= rows.get();
  }

  private boolean isTimeOver(Optional<Instant> open) {
    return open.isPresent()
        && time.isPresent()
        && Instant.now().isAfter(open.get().plus(time.get()));
  }
}
