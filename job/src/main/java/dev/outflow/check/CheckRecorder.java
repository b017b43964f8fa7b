package dev.outflow.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the reports of a check by target and passes them on. Thread-safe. */
final class CheckRecorder {
  private final CheckListener listener;
  private final Map<String, String> abouts = new LinkedHashMap<>();
  private final Map<String, List<StepReport>> reports = new LinkedHashMap<>();

  CheckRecorder(CheckListener listener) {
    this.listener = listener;
  }

  synchronized void announce(String path, String about) {
    abouts.put(path, about);
    reports.put(path, new ArrayList<>());
    listener.announced(path, about);
  }

  /** Records a step of an announced target. */
  synchronized void record(String path, StepReport report) {
    reports.get(path).add(report);
    listener.reported(path, report);
  }

  synchronized void finish(String path) {
    listener.finished(path);
  }

  /** Returns what was recorded, in the order of announcement. */
  synchronized List<TargetReport> targets() {
    return reports.entrySet().stream()
        .map(
            target ->
                new TargetReport(target.getKey(), abouts.get(target.getKey()), target.getValue()))
        .toList();
  }
}
