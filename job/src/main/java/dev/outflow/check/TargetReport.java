package dev.outflow.check;

import java.util.List;

/**
 * The steps of one target of a check.
 *
 * @param path its path in the definition, {@code outputs.large_orders}; {@code job} for the
 *     definition itself
 * @param about for people: topic, brokers and protocol
 */
public record TargetReport(String path, String about, List<StepReport> steps) {
  public TargetReport {
    steps = List.copyOf(steps);
  }
}
