package dev.outflow.kafka.broker;

import dev.outflow.option.OptionProblem;
import dev.outflow.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects problems with the options of a table; values that contain a reference are unknown. */
final class Rejections {
  private final String service;
  private final Map<String, String> options;
  private final List<OptionProblem> problems = new ArrayList<>();

  /**
   * Starts without problems.
   *
   * @param service the name of the service that rejects options
   * @param options as the user wrote them
   */
  Rejections(String service, Map<String, String> options) {
    this.service = service;
    this.options = options;
  }

  /** Returns an option's value, unless it contains a reference. */
  Optional<String> find(String key) {
    return Optional.ofNullable(options.get(key))
        .map(String::strip)
        .filter(value -> !References.isIn(value));
  }

  /** Adds a problem. */
  void add(String key, String message) {
    problems.add(new OptionProblem(key, message));
  }

  /** Adds a problem if an option has one of these values, which are in lower case. */
  void addIfAny(String key, Set<String> unsupported, String remedy) {
    find(key)
        .filter(value -> unsupported.contains(value.toLowerCase(Locale.ROOT)))
        .ifPresent(
            value -> add(key, "'%s' is not supported by %s; %s".formatted(value, service, remedy)));
  }

  /** Adds a problem if none of the options is set. */
  void addUnlessAny(String required, List<String> alternatives, String message) {
    if (!options.containsKey(required) && alternatives.stream().noneMatch(options::containsKey)) {
      add(required, message);
    }
  }

  List<OptionProblem> problems() {
    return List.copyOf(problems);
  }
}
