package dev.outflow.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failure and what caused it.
 *
 * @param outermostFirst the failure itself, its cause, the cause of that and so on
 */
public record Causes(List<Throwable> outermostFirst) {

  public static Causes of(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = failure; each != null && !causes.contains(each); each = each.getCause()) {
      causes.add(each);
    }
    return new Causes(causes);
  }

  /** The outermost of this type. */
  public <T extends Throwable> Optional<T> find(Class<T> type) {
    return outermostFirst.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** What it all came from. */
  public Throwable root() {
    return outermostFirst.get(outermostFirst.size() - 1);
  }

  /** What that says. */
  public String rootMessage() {
    return String.valueOf(root().getMessage());
  }
}
