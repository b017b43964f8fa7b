package dev.outflow.option;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads typed options from text and collects what is wrong instead of stopping at the first. */
public final class OptionReader {
  private final Set<OptionProblem> problems = new LinkedHashSet<>();
  private final Map<String, String> written;
  private final Configuration options;

  /**
   * Reads options.
   *
   * @param options their values by key
   * @param problems options that are known to be invalid, which are not read
   */
  public OptionReader(Map<String, String> options, Collection<OptionProblem> problems) {
    this.written = Map.copyOf(options);
    this.options = Configuration.fromMap(options);
    this.problems.addAll(problems);
    problems.forEach(problem -> this.options.removeKey(problem.key()));
  }

  /** The option's value, or its default; null when it has neither or cannot be read. */
  public <T> T get(ConfigOption<T> option) {
    return find(option).orElse(option.defaultValue());
  }

  /** The option's value if it was written and can be read; its default does not count. */
  public <T> Optional<T> find(ConfigOption<T> option) {
    try {
      return options.getOptional(option);
    } catch (IllegalArgumentException e) {
      problems.add(new OptionProblem(option.key(), "cannot read '" + written(option) + "'"));
      return Optional.empty();
    }
  }

  /** One of an enum's values; what cannot be read is answered with the values there are. */
  public <E extends Enum<E>> Optional<E> find(ConfigOption<E> option, Class<E> type) {
    try {
      return options.getOptional(option);
    } catch (IllegalArgumentException e) {
      String known = Arrays.stream(type.getEnumConstants()).map(E::toString).collect(joining(", "));
      reject(option, "'" + written(option) + "' is none of " + known);
      return Optional.empty();
    }
  }

  /** Whether the option was written, be it with a value that can be read or not. */
  public boolean isWritten(ConfigOption<?> option) {
    return written.containsKey(option.key());
  }

  /** The option's text; a problem when it is absent or blank. */
  public String require(ConfigOption<String> option) {
    Optional<String> value = find(option).filter(text -> !text.isBlank());
    if (value.isEmpty() && !isTold(option)) {
      reject(option, "is required");
    }
    return value.orElse(null);
  }

  /** The same for an option that another one makes necessary. */
  public void requireFor(String reason, ConfigOption<String> option) {
    if (find(option).filter(text -> !text.isBlank()).isEmpty()) {
      reject(option, "is required for " + reason);
    }
  }

  private boolean isTold(ConfigOption<?> option) {
    return problems.stream().anyMatch(problem -> problem.key().equals(option.key()));
  }

  /** Notes a problem with an option. */
  public void reject(ConfigOption<?> option, String message) {
    problems.add(new OptionProblem(option.key(), message));
  }

  /** Notes each of the options that is written although another makes it meaningless. */
  public void rejectWritten(List<? extends ConfigOption<?>> unwanted, String reason) {
    unwanted.stream()
        .filter(this::isWritten)
        .forEach(
            option ->
                reject(
                    option, "has no meaning with %s; remove it, or change that".formatted(reason)));
  }

  /** What {@code part} makes of the options; null, and its problems noted, when it refuses them. */
  public <T> T attempt(Supplier<T> part) {
    try {
      return part.get();
    } catch (InvalidOptionsException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidOptionsException with all problems, if there are any
   */
  public void finish() {
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(List.copyOf(problems));
    }
  }

  private String written(ConfigOption<?> option) {
    return written.get(option.key());
  }
}
