package dev.outflow.check;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/**
 * A check for people, line by line: targets in the order of the definition, and of the first that
 * is not finished each step as soon as it has its answer.
 */
public final class CheckText implements CheckScreen {
  private static final String INDENT = " ".repeat(34);

  private final Consumer<String> out;
  private final Ansi ansi;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private final List<Step> notTried = new ArrayList<>();

  /**
   * @param out takes one line at a time, without its end
   * @param ansi whether there is a terminal that shows colours
   */
  public CheckText(Consumer<String> out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** What has been found about a target and is not shown, because another is before it. */
  private static final class Pending {
    private final String path;
    private final String about;
    private final List<Step> steps = new ArrayList<>();
    private boolean finished;

    Pending(String path, String about) {
      this.path = path;
      this.about = about;
    }
  }

  @Override
  public void announce(String path, String about) {
    pending.add(new Pending(path, about));
    if (pending.size() == 1) {
      showFirst();
    }
  }

  @Override
  public void step(String path, Step step) {
    if (path.equals(pending.element().path)) {
      show(step);
    } else {
      of(path).steps.add(step);
    }
  }

  @Override
  public void finished(String path) {
    of(path).finished = true;
    while (!pending.isEmpty() && pending.element().finished) {
      showNotTried();
      pending.remove();
      if (!pending.isEmpty()) {
        showFirst();
      }
    }
  }

  /** How many steps came out how. */
  public void summary(CheckReport report) {
    long failed = report.count(Outcome.FAILED);
    long steps = report.targets().stream().mapToLong(target -> target.steps().size()).sum();
    String verdict =
        switch (report.outcome()) {
          case FAILED -> ansi.string("@|bold,red %d of %d steps FAILED|@".formatted(failed, steps));
          default -> ansi.string("@|green All is well|@ (%d steps)".formatted(steps));
        };
    out.accept("");
    out.accept(
        "%s, %d warning%s, %d not tried; %s. Nothing was changed in Kafka."
            .formatted(
                verdict,
                report.count(Outcome.WARNING),
                report.count(Outcome.WARNING) == 1 ? "" : "s",
                report.count(Outcome.NOT_TRIED),
                time(report.took()).strip()));
  }

  private Pending of(String path) {
    return pending.stream().filter(it -> it.path.equals(path)).findFirst().orElseThrow();
  }

  private void showFirst() {
    Pending first = pending.element();
    out.accept("");
    out.accept("%s  %s".formatted(ansi.string("@|bold %s|@".formatted(first.path)), first.about));
    first.steps.forEach(this::show);
  }

  /** Those that are not tried for the same reason share a line. */
  private void show(Step step) {
    if (step.outcome() == Outcome.NOT_TRIED) {
      if (!notTried.isEmpty() && !notTried.get(0).answer().equals(step.answer())) {
        showNotTried();
      }
      notTried.add(step);
      return;
    }
    showNotTried();
    out.accept(
        "  %s %8s  %-13s %s"
            .formatted(label(step.outcome()), time(step.took()), step.name(), step.answer()));
    if (!step.property().isEmpty()) {
      out.accept(INDENT + step.place() + "  " + step.property());
    }
  }

  private void showNotTried() {
    if (!notTried.isEmpty()) {
      String names = String.join(", ", notTried.stream().map(Step::name).toList());
      out.accept(
          "  %s %8s  %s: %s"
              .formatted(label(Outcome.NOT_TRIED), "", names, notTried.get(0).answer()));
      notTried.clear();
    }
  }

  private String label(Outcome outcome) {
    return switch (outcome) {
      case OK -> ansi.string("@|green ok     |@");
      case WARNING -> ansi.string("@|yellow warning|@");
      case FAILED -> ansi.string("@|bold,red FAILED |@");
      case NOT_TRIED -> "-      ";
    };
  }

  private static String time(Duration took) {
    long milliseconds = took.toMillis();
    return milliseconds < 1000
        ? milliseconds + " ms"
        : String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
  }
}
