package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints one JSON object per event, and to standard error what the preview waits for, which inputs
 * cannot be read and the totals.
 */
final class JsonLinesView implements PreviewView {
  /** What it waits for is only said if it takes a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PrintWriter out;
  private final PrintWriter err;
  private final RecordJson json;
  private final Map<String, Duration> waits = new HashMap<>();
  private Map<String, String> outages = Map.of();
  private boolean closed;

  JsonLinesView(PrintWriter out, PrintWriter err, RecordJson json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  @Override
  public void show(List<PreviewEvent> arrived, PreviewStatus status) {
    for (PreviewEvent event : arrived) {
      out.println(json.line(event));
    }
    closed = out.checkError(); // It flushes, too.
    for (String wait : status.waits()) {
      Duration first = waits.putIfAbsent(wait, status.since());
      if (first != null && status.since().minus(first).compareTo(PATIENCE) > 0) {
        waits.put(wait, Duration.ofDays(1)); // It is said once.
        say("waiting for " + wait);
      }
    }
    sayChanges(status);
  }

  private void sayChanges(PreviewStatus status) {
    if (!outages.equals(status.outages())) {
      outages.keySet().stream()
          .filter(input -> !status.outages().containsKey(input))
          .forEach(input -> say("input %s can be read again".formatted(input)));
      outages = status.outages();
      status.interruptions().forEach(this::say);
    }
  }

  @Override
  public void end(ComposedJob job, PreviewStatus status) {
    status.summary(job.definition().name()).forEach(this::say);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private void say(String line) {
    err.println(line);
    err.flush();
  }
}
