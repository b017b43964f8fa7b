package dev.outflow.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An exception and its causes.
 *
 * @param outermostFirst the exception itself, its cause, the cause of that and so on
 */
public record Causes(List<Throwable> outermostFirst) {

  public static Causes of(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return new Causes(causes);
  }

  /** Returns the outermost exception of this type. */
  public <T extends Throwable> Optional<T> find(Class<T> type) {
    return outermostFirst.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Returns the root cause: the exception itself if it has no cause. */
  public Throwable root() {
    return outermostFirst.get(outermostFirst.size() - 1);
  }

  /** Returns the message of the root cause. */
  public String rootMessage() {
    return String.valueOf(root().getMessage());
  }
}
