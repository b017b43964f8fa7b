package dev.outflow.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All results, as stored in {@code results.json}.
 *
 * @param soak null if it was not measured
 */
record Results(Machine machine, List<Outcome> outcomes, List<Latency> latencies, Soak soak) {
  Results {
    outcomes = List.copyOf(outcomes);
    latencies = List.copyOf(latencies);
  }

  /** Returns these results with those of a later run, which replace results of the same name. */
  Results with(Results later) {
    return new Results(
        later.machine,
        merge(outcomes, later.outcomes, Outcome::name),
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
