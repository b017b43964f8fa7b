package dev.outflow.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All results, as stored in {@code results.json}.
 *
 * @param startUps empty, also in files of earlier versions, if they were not measured
 * @param soak null if it was not measured
 */
record Results(
    Machine machine,
    List<Outcome> outcomes,
    List<StartUp> startUps,
    List<Latency> latencies,
    Soak soak) {
  Results {
    outcomes = List.copyOf(outcomes);
    startUps = startUps == null ? List.of() : List.copyOf(startUps);
    latencies = List.copyOf(latencies);
  }

  static Results of(Outcome outcome) throws IOException {
    return new Results(Machine.here(), List.of(outcome), List.of(), List.of(), null);
  }

  static Results of(StartUp startUp) throws IOException {
    return new Results(Machine.here(), List.of(), List.of(startUp), List.of(), null);
  }

  static Results of(Latency latency) throws IOException {
    return new Results(Machine.here(), List.of(), List.of(), List.of(latency), null);
  }

  static Results of(Soak soak) throws IOException {
    return new Results(Machine.here(), List.of(), List.of(), List.of(), soak);
  }

  /** Returns these results with those of a later run, which replace results of the same name. */
  Results with(Results later) {
    return new Results(
        later.machine,
        merge(outcomes, later.outcomes, Outcome::name),
        merge(startUps, later.startUps, StartUp::name),
        merge(latencies, later.latencies, Latency::name),
        later.soak == null ? soak : later.soak);
  }

  private static <T> List<T> merge(List<T> earlier, List<T> later, Function<T, String> name) {
    Map<String, T> merged = new LinkedHashMap<>();
    earlier.forEach(result -> merged.put(name.apply(result), result));
    later.forEach(result -> merged.put(name.apply(result), result));
    return new ArrayList<>(merged.values());
  }
}
