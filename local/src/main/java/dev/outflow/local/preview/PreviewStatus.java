package dev.outflow.local.preview;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The state of a preview as text.
 *
 * @param since how long it has run
 * @param fromNow whether its inputs start at the end of their topics
 * @param ordering the records that the event ordering of inputs has adjusted or dropped, by code
 * @param outages why inputs cannot be read
 */
record PreviewStatus(
    Duration since,
    boolean fromNow,
    List<PreviewedInput> inputs,
    Map<String, InputProgress.Snapshot> read,
    Map<String, Map<String, Long>> ordering,
    Map<String, String> outages,
    Map<String, PreviewedOutput> outputs,
    Map<String, OutputProgress.Snapshot> written) {
  /** The share of records that do not match an input's columns above which it is said why. */
  private static final double MISMATCHES = 0.1;

  static PreviewStatus of(Preview preview, Duration since) {
    return new PreviewStatus(
        since,
        preview.isFromNow(),
        preview.inputs(),
        preview.feed().inputs(),
        preview.ordering(),
        preview.outages(),
        preview.outputs(),
        preview.feed().outputs());
  }

  /** Returns whether every task runs. */
  boolean isOpen() {
    return read.values().stream().allMatch(InputProgress.Snapshot::isOpen)
        && written.values().stream().allMatch(OutputProgress.Snapshot::isOpen);
  }

  long rows() {
    return written.values().stream().mapToLong(OutputProgress.Snapshot::rows).sum();
  }

  /** Returns a line for each input: records, late rows, watermark, bad records. */
  List<String> inputLines() {
    return inputs.stream().map(this::line).toList();
  }

  private String line(PreviewedInput input) {
    InputProgress.Snapshot progress = read.get(input.name());
    return "input %s: %s, %s, %s"
        .formatted(
            input.name(),
            count(total(input), "record"),
            input.eventTime().isEmpty()
                ? "no event time"
                : "%s, watermark %s"
                    .formatted(
                        late(input, progress),
                        progress.watermark().map(Object::toString).orElse("none yet")),
            counts("bad", progress.bad()));
  }

  private long total(PreviewedInput input) {
    long dropped = input.dropsRecords() ? sum(ordered(input)) : 0;
    return read.get(input.name()).total() + dropped;
  }

  private Map<String, Long> ordered(PreviewedInput input) {
    return ordering.getOrDefault(input.name(), Map.of());
  }

  private String late(PreviewedInput input, InputProgress.Snapshot progress) {
    return input.hasOrdering()
        ? counts(input.dropsRecords() ? "dropped" : "adjusted", ordered(input))
        : "late " + progress.late();
  }

  private static String counts(String name, Map<String, Long> codes) {
    return name
        + " "
        + sum(codes)
        + (codes.isEmpty()
            ? ""
            : codes.entrySet().stream()
                .map(code -> code.getKey() + " " + code.getValue())
                .collect(Collectors.joining(", ", " (", ")")));
  }

  private static long sum(Map<String, Long> codes) {
    return codes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns what an output has received, e.g. {@code output large_orders: 12 rows, bad 0}. */
  String outputLine(String alias) {
    OutputProgress.Snapshot progress = written.get(alias);
    return "output %s: %s, bad %d".formatted(alias, count(progress.rows(), "row"), progress.bad());
  }

  /** Returns what the preview is waiting for, if no output has rows or an input no records. */
  List<String> waits() {
    List<String> waits = new ArrayList<>();
    written.forEach(
        (alias, output) -> {
          if (!output.isOpen()) {
            waits.add("the record limits of " + outputs.get(alias) + ", 30 s at most");
          }
        });
    for (PreviewedInput input : inputs) {
      InputProgress.Snapshot progress = read.get(input.name());
      if (!progress.isOpen()) {
        waits.add("the start of " + input);
      } else if (total(input) == 0) {
        waits.add(
            "records of " + input + (fromNow ? "; --since 10min reads earlier ones, too" : ""));
      }
    }
    boolean hasRecords = read.values().stream().anyMatch(input -> input.rows() > 0);
    written.forEach(
        (alias, output) -> {
          if (output.isOpen() && hasRecords && output.rows() + output.bad() == 0) {
            waits.add("rows of output " + alias);
          }
        });
    return waits;
  }

  /** Returns the inputs that cannot be read, and why. */
  List<String> interruptions() {
    return outages.entrySet().stream()
        .map(outage -> "input %s cannot be read: %s".formatted(outage.getKey(), outage.getValue()))
        .toList();
  }

  /** Returns what to do about inputs whose records do not match their columns. */
  List<String> hints() {
    return inputs.stream().flatMap(input -> hint(input).stream()).toList();
  }

  private Optional<String> hint(PreviewedInput input) {
    InputProgress.Snapshot progress = read.get(input.name());
    long mismatches = progress.badRecords() + progress.blank();
    if (mismatches <= total(input) * MISMATCHES) {
      return Optional.empty();
    }
    return Optional.of(
        "%d of %s of input %s do not match its columns (%d bad, %d without a value in any column); './outflow columns %s' shows what the topic contains"
            .formatted(
                mismatches,
                count(total(input), "record"),
                input.name(),
                progress.badRecords(),
                progress.blank(),
                input.name()));
  }

  /** Returns the totals, when the preview has ended. */
  List<String> summary(String job) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "preview of %s ended after %d s; nothing was written to Kafka"
            .formatted(job, since.toSeconds()));
    lines.addAll(inputLines());
    written.keySet().forEach(alias -> lines.add(outputLine(alias)));
    lines.addAll(interruptions());
    lines.addAll(hints());
    return lines;
  }

  static String count(long number, String name) {
    return "%d %s%s".formatted(number, name, number == 1 ? "" : "s");
  }
}
