package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the latest rows of each output, the progress of the inputs and the latest bad and late
 * rows, each time over the last frame. A frame is never larger than the terminal.
 */
final class TableView implements PreviewView {
  private static final int KEPT_ROWS = 200;
  private static final int KEPT_NOTES = 5;
  private static final long KEPT_BYTES = 16L * 1024 * 1024;
  private static final String BOLD = "1";
  private static final String RED = "31";
  private static final String YELLOW = "33";

  private final PrintWriter out;
  private final Terminal terminal;
  private final String job;
  private final RecordJson json;
  private final Map<String, EventQueue> rows = new LinkedHashMap<>();
  private final EventQueue notes = new EventQueue(KEPT_NOTES, KEPT_BYTES, false);
  private int drawn;

  TableView(PrintWriter out, Terminal terminal, String job, RecordJson json) {
    this.out = out;
    this.terminal = terminal;
    this.job = job;
    this.json = json;
  }

  @Override
  public void show(List<PreviewEvent> arrived, PreviewStatus status) {
    try {
      for (PreviewEvent event : arrived) {
        keep(event);
      }
    } catch (InterruptedException e) { // These queues never wait.
      Thread.currentThread().interrupt();
    }
    draw(frame(status, true));
  }

  @Override
  public void end(ComposedJob composed, PreviewStatus status) {
    draw(frame(status, false));
    status.summary(job).forEach(out::println);
    out.flush();
  }

  @Override
  public boolean isClosed() {
    return out.checkError();
  }

  private void keep(PreviewEvent event) throws InterruptedException {
    if (event instanceof PreviewEvent.Written written) {
      rows.computeIfAbsent(written.output(), alias -> new EventQueue(KEPT_ROWS, KEPT_BYTES, false))
          .put(event);
    } else {
      notes.put(event);
    }
  }

  private void draw(List<String> frame) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\033[").append(drawn).append("A");
    }
    text.append("\033[J");
    frame.forEach(line -> text.append(line).append('\n'));
    drawn = frame.size();
    out.print(text);
    out.flush();
  }

  private List<String> frame(PreviewStatus status, boolean isRunning) {
    Terminal.Size size = terminal.size().get();
    List<String> head = new ArrayList<>();
    if (isRunning) {
      head.add(
          bold(
              cut(
                  "preview of %s, %d s; nothing is written; press Ctrl-C to stop"
                      .formatted(job, status.since().toSeconds()),
                  size)));
      status.inputLines().forEach(line -> head.add(cut(line, size)));
    }
    List<String> tail = new ArrayList<>();
    notes.content().forEach(note -> tail.add(note(note, size)));
    if (isRunning) {
      status.interruptions().forEach(line -> tail.add(color(RED, cut(line, size))));
      status.hints().forEach(hint -> tail.add(color(YELLOW, cut(hint, size))));
      status.waits().forEach(wait -> tail.add(cut("waiting for " + wait, size)));
    }
    int outputs = Math.max(1, status.written().size());
    int left = size.rows() - 1 - head.size() - tail.size();
    int each = Math.max(0, left / outputs - 2); // A heading and the names of columns.
    List<String> frame = new ArrayList<>(head);
    for (String alias : status.written().keySet()) {
      frame.addAll(output(alias, status, each, size));
    }
    frame.addAll(tail);
    return frame.subList(0, Math.min(frame.size(), size.rows() - 1));
  }

  private List<String> output(String alias, PreviewStatus status, int limit, Terminal.Size size) {
    List<PreviewEvent.Written> latest = new ArrayList<>();
    if (rows.containsKey(alias)) {
      rows.get(alias).content().forEach(event -> latest.add((PreviewEvent.Written) event));
    }
    List<PreviewEvent.Written> shown =
        latest.subList(Math.max(0, latest.size() - limit), latest.size());
    long total = status.written().get(alias).rows();
    String older = total > shown.size() ? ", the latest %d of them".formatted(shown.size()) : "";
    List<String> lines = new ArrayList<>();
    lines.add(bold(cut(status.outputLine(alias) + older, size)));
    if (!shown.isEmpty()) {
      lines.addAll(
          new OutputRows(shown, json)
              .table(status.outputs().get(alias).topics().size() > 1)
              .lines(size.columns()));
    }
    return lines;
  }

  private String note(PreviewEvent event, Terminal.Size size) {
    String color = event instanceof PreviewEvent.LateRow ? YELLOW : RED;
    return color(color, cut(EventText.of(event), size));
  }

  private static String cut(String line, Terminal.Size size) {
    return DisplayWidth.truncate(DisplayWidth.printable(line), size.columns());
  }

  private String bold(String line) {
    return color(BOLD, line);
  }

  private String color(String code, String line) {
    return terminal.color() ? "\033[" + code + "m" + line + "\033[0m" : line;
  }
}
