package dev.outflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The overrides of a command line.
 *
 * @param all in the order in which they were given; later ones win
 * @param problems with those that cannot be read
 */
record PropertyOverrides(List<PropertyOverride> all, List<Problem> problems) {

  /** Each of the form {@code path=value}. */
  static PropertyOverrides parse(List<String> written) {
    List<PropertyOverride> settings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String each : written) {
      try {
        settings.add(parse(each));
      } catch (IOException e) { // A list or map that is no YAML, and must not be repeated.
        problems.add(
            problem(
                each.substring(0, each.indexOf('=')),
                "is no list or map of YAML; put it in quotes if it is a text"));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
      }
    }
    return new PropertyOverrides(settings, problems);
  }

  private static PropertyOverride parse(String written) throws IOException {
    int equals = written.indexOf('=');
    String path = equals < 0 ? written : written.substring(0, equals).strip();
    if (equals < 0 || path.isEmpty()) {
      throw new InvalidDefinitionException(List.of(malformed(path)));
    }
    return new PropertyOverride(path, YamlText.value(written.substring(equals + 1)));
  }

  private static Problem malformed(String path) {
    return problem(path, "must be path=value, for example outputs.orders.topic=orders");
  }

  /** What follows a path may be a secret. */
  private static Problem problem(String path, String message) {
    return new Problem(
        Location.of("--set"), path.strip().replaceFirst("(?s)[^\\w.-].*", ""), message);
  }

  /** Changes {@code definition}, and tells what is about an input or output that there is not. */
  List<Problem> apply(ObjectNode definition) {
    return all.stream().flatMap(setting -> setting.apply(definition).stream()).toList();
  }

  /** Where a part of {@code path} was set, if any was. */
  Optional<Location> placeWithin(String path) {
    return all.stream()
        .filter(setting -> setting.path().startsWith(path + "."))
        .map(PropertyOverride::place)
        .findFirst();
  }

  /** Where {@code path} was set, if it was. */
  Optional<Location> place(String path) {
    return all.stream()
        .filter(setting -> setting.covers(path))
        .map(PropertyOverride::place)
        .reduce((earlier, later) -> later);
  }
}
