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

/** Reads typed options from text and collects all problems instead of stopping at the first. */
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

  /** Returns the option's value or default; null if it has neither or is invalid. */
  public <T> T get(ConfigOption<T> option) {
    return find(option).orElse(option.defaultValue());
  }

  /**
   * Returns the option's value if it is set and valid, without its default. A blank text is
   * invalid.
   */
  public <T> Optional<T> find(ConfigOption<T> option) {
    try {
      Optional<T> value = options.getOptional(option);
      if (value.filter(OptionReader::isBlank).isEmpty()) {
        return value;
      }
      if (!isReported(option)) {
        reject(option, "is empty; set a value or remove it");
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.add(new OptionProblem(option.key(), "'" + written(option) + "' is invalid"));
      return Optional.empty();
    }
  }

  /** Returns the option's value if it is set and valid; otherwise reports the valid values. */
  public <E extends Enum<E>> Optional<E> find(ConfigOption<E> option, Class<E> type) {
    try {
      return options.getOptional(option);
    } catch (IllegalArgumentException e) {
      String known = Arrays.stream(type.getEnumConstants()).map(E::toString).collect(joining(", "));
      reject(option, "'%s' is invalid; expected one of %s".formatted(written(option), known));
      return Optional.empty();
    }
  }

  private static boolean isBlank(Object value) {
    return (value instanceof String text && text.isBlank())
        || (value instanceof List<?> list && list.stream().allMatch(OptionReader::isBlank));
  }

  /** Returns whether the option is set, with a valid value or not. */
  public boolean isWritten(ConfigOption<?> option) {
    return written.containsKey(option.key());
  }

  /** Returns the option's text; reports it as required if it is missing or blank. */
  public String require(ConfigOption<String> option) {
    requireWith("is required", option);
    return find(option).orElse(null);
  }

  /** Reports an option that is missing or blank although another option requires it. */
  public void requireFor(String reason, ConfigOption<String> option) {
    requireWith("is required for " + reason, option);
  }

  private void requireWith(String message, ConfigOption<String> option) {
    if (options.getOptional(option).filter(text -> !text.isBlank()).isEmpty()
        && !isReported(option)) {
      reject(option, message);
    }
  }

  /** Returns whether no problem of the option is known. */
  public boolean isValid(ConfigOption<?> option) {
    return !isReported(option);
  }

  private boolean isReported(ConfigOption<?> option) {
    return problems.stream().anyMatch(problem -> problem.key().equals(option.key()));
  }

  /** Reports a problem with an option. */
  public void reject(ConfigOption<?> option, String message) {
    reject(new OptionProblem(option.key(), message));
  }

  /** Reports a problem. */
  public void reject(OptionProblem problem) {
    problems.add(problem);
  }

  /**
   * Reports each of the options that is set although it has no effect.
   *
   * @param setting the option that makes it ineffective, with its value: {@code on-error 'fail'}
   */
  public void rejectWritten(List<? extends ConfigOption<?>> ineffective, String setting) {
    String cause = setting.split(" ", 2)[0];
    rejectAll(
        ineffective, "has no effect with %s; remove it or change %s".formatted(setting, cause));
  }

  /** Reports each of the options that is set although it has no effect without {@code missing}. */
  public void rejectWrittenWithout(
      List<? extends ConfigOption<?>> ineffective, ConfigOption<?> missing) {
    rejectAll(
        ineffective, "has no effect without %1$s; remove it or set %1$s".formatted(missing.key()));
  }

  private void rejectAll(List<? extends ConfigOption<?>> options, String message) {
    options.stream().filter(this::isWritten).forEach(option -> reject(option, message));
  }

  /**
   * Returns the result of {@code part}; null, and reports its problems, if it rejects the options.
   */
  public <T> T attempt(Supplier<T> part) {
    try {
      return part.get();
    } catch (InvalidOptionsException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /**
   * Completes reading.
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
