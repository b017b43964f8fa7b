package dev.outflow.check;

import java.util.List;

/**
 * What was found about one target of a check.
 *
 * @param path its place in the definition, {@code outputs.large_orders}; {@code job} for the
 *     definition itself
 * @param about where it is: brokers, topic, protocol
 */
public record TargetReport(String path, String about, List<Step> steps) {
  public TargetReport {
    steps = List.copyOf(steps);
  }
}
