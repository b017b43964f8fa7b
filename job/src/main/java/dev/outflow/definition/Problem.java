package dev.outflow.definition;

import java.util.Comparator;

/**
 * One thing that is wrong with a definition, as one line for the one who wrote it.
 *
 * @param place where
 * @param property the property's path as written: {@code outputs.large_orders.topic}; empty for the
 *     file as a whole
 * @param message what is wrong and what to do, without any secret
 */
public record Problem(Location place, String property, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place)
          .thenComparing(Problem::property)
          .thenComparing(Problem::message);

  public Problem {
    message = message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code conf/job.yaml:29:5 outputs.large_orders.topic is required}. */
  @Override
  public String toString() {
    return property.isEmpty() ? place + "  " + message : place + "  " + property + "  " + message;
  }
}
