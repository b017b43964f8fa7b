package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints a check for people: targets in the order of the definition, and for the first unfinished
 * one each step as soon as it is done.
 */
public final class CheckText implements CheckListener {
  private static final String INDENT = " ".repeat(34);

  private final Consumer<String> out;
  private final Ansi ansi;
  private final Queue<Target> pending = new ArrayDeque<>();
  private final List<StepReport> notTried = new ArrayList<>();

  /**
   * Creates a printer.
   *
   * @param out receives one line at a time, without line separator
   * @param ansi whether to print colors
   */
  public CheckText(Consumer<String> out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** A target that is not finished, and its steps that wait for an earlier target. */
  private static final class Target {
    private final String path;
    private final String about;
    private final List<StepReport> steps = new ArrayList<>();
    private boolean finished;

    Target(String path, String about) {
      this.path = path;
      this.about = about;
    }
  }

  @Override
  public void announced(String path, String about) {
    pending.add(new Target(path, about));
    if (pending.size() == 1) {
      showFirst();
    }
  }

  @Override
  public void reported(String path, StepReport report) {
    if (path.equals(pending.element().path)) {
      show(report);
    } else {
      target(path).steps.add(report);
    }
  }

  @Override
  public void finished(String path) {
    target(path).finished = true;
    while (!pending.isEmpty() && pending.element().finished) {
      showNotTried();
      pending.remove();
      if (!pending.isEmpty()) {
        showFirst();
      }
    }
  }

  /** Prints how many steps had which outcome. */
  public void summary(CheckReport report) {
    long failed = report.count(Outcome.FAILED);
    long tried = report.count(Outcome.OK) + report.count(Outcome.WARNING) + failed;
    String verdict =
        switch (report.outcome()) {
          case FAILED -> ansi.string("@|bold,red %d of %d steps FAILED|@".formatted(failed, tried));
          default -> ansi.string("@|green All %d steps passed|@".formatted(tried));
        };
    out.accept("");
    out.accept(
        "%s, %d warning%s, %d not tried; %s. Kafka was not modified."
            .formatted(
                verdict,
                report.count(Outcome.WARNING),
                report.count(Outcome.WARNING) == 1 ? "" : "s",
                report.count(Outcome.NOT_TRIED),
                time(report.took()).strip()));
  }

  private Target target(String path) {
    return pending.stream().filter(target -> target.path.equals(path)).findFirst().orElseThrow();
  }

  private void showFirst() {
    Target first = pending.element();
    out.accept("");
    out.accept("%s  %s".formatted(ansi.string("@|bold %s|@".formatted(first.path)), first.about));
    first.steps.forEach(this::show);
  }

  /** Prints a step; those not tried for the same reason share a line. */
  private void show(StepReport report) {
    if (report.outcome() == Outcome.NOT_TRIED) {
      if (!notTried.isEmpty() && !notTried.get(0).answer().equals(report.answer())) {
        showNotTried();
      }
      notTried.add(report);
      return;
    }
    showNotTried();
    out.accept(
        "  %s %8s  %-13s %s"
            .formatted(
                label(report.outcome()), time(report.took()), report.step(), report.answer()));
    if (!report.property().isEmpty()) {
      out.accept(INDENT + report.place() + "  " + report.property());
    }
  }

  private void showNotTried() {
    if (!notTried.isEmpty()) {
      String names = notTried.stream().map(step -> step.step().toString()).collect(joining(", "));
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
