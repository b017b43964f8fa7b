package dev.outflow.definition;

import dev.outflow.option.Redaction;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A problem of a definition, printed as one line for its author.
 *
 * @param location where the property is written
 * @param property the property's path as written: {@code outputs.large_orders.topic}; empty for the
 *     file as a whole
 * @param message what is wrong and how to fix it, without any secret
 */
public record Problem(Location location, String property, String message)
    implements Comparable<Problem> {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::location)
          .thenComparing(Problem::property)
          .thenComparing(Problem::sortable);

  /** Masks passwords in values that the message repeats. */
  public Problem {
    message = Redaction.inText(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Returns the message with its numbers at one length, so that line 9 comes before line 10. */
  private String sortable() {
    return NUMBER
        .matcher(message)
        .replaceAll(
            number -> "0".repeat(Math.max(0, 9 - number.group().length())) + number.group());
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code conf/job.yaml:29:5 outputs.large_orders.topic is required}. */
  @Override
  public String toString() {
    return property.isEmpty()
        ? location + "  " + message
        : location + "  " + property + "  " + message;
  }
}
