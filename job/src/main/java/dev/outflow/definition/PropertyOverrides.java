package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The overrides of a definition.
 *
 * @param all in the order in which they apply; later ones win
 * @param problems those of overrides that cannot be parsed
 */
record PropertyOverrides(List<PropertyOverride> all, List<Problem> problems) {

  /** Parses overrides of the form {@code path=value}. */
  static PropertyOverrides parse(List<String> arguments) {
    List<PropertyOverride> overrides = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String path = equals < 0 ? argument : argument.substring(0, equals).strip();
      if (equals < 0 || path.isEmpty()) {
        problems.add(problem(path, "must be path=value, e.g. outputs.orders.topic=orders"));
        continue;
      }
      try {
        PropertyOverride override =
            PropertyOverride.ofArgument(
                path, value(argument.substring(equals + 1), path, problems));
        overrides.add(override);
      } catch (IOException e) { // Its message can quote the value, which may be a secret.
        problems.add(problem(path, "is not a valid YAML list or map; quote it if it is text"));
      }
    }
    return new PropertyOverrides(overrides, problems);
  }

  /** Parses lists, maps, true and false; anything else is text. */
  private static JsonNode value(String written, String path, List<Problem> problems)
      throws IOException {
    if (written.startsWith("[") || written.startsWith("{")) {
      YamlDocument value = YamlDocument.value(written);
      for (Problem problem : value.problems()) {
        String within = problem.property().isEmpty() ? path : path + "." + problem.property();
        problems.add(new Problem(Location.of("--set " + path), within, problem.message()));
      }
      return value.content();
    }
    return written.equals("true") || written.equals("false")
        ? BooleanNode.valueOf(Boolean.parseBoolean(written))
        : TextNode.valueOf(written);
  }

  /** Cuts off whatever follows the path, because it may be a secret. */
  private static Problem problem(String path, String message) {
    return new Problem(
        Location.of("--set"), path.strip().replaceFirst("(?s)[^\\w.-].*", ""), message);
  }

  /** Returns these overrides, and then others. */
  PropertyOverrides then(PropertyOverrides others) {
    return new PropertyOverrides(
        Stream.concat(all.stream(), others.all.stream()).toList(),
        Stream.concat(problems.stream(), others.problems.stream()).toList());
  }

  /** Changes {@code definition} and returns the problems of overrides for unknown tables. */
  List<Problem> apply(ObjectNode definition) {
    return all.stream().flatMap(override -> override.apply(definition).stream()).toList();
  }

  /** Returns the locations of a definition with those of its overridden properties. */
  Locations applyTo(Locations locations) {
    return new Locations(
        locations.file(),
        path ->
            location(path).or(() -> locations.keys().apply(path)).or(() -> locationWithin(path)));
  }

  /** Returns the location of an override of a part of {@code path}, if there is one. */
  private Optional<Location> locationWithin(String path) {
    return all.stream()
        .filter(override -> override.path().startsWith(path + "."))
        .map(PropertyOverride::location)
        .findFirst();
  }

  /** Returns the location of the override of {@code path}, if there is one. */
  private Optional<Location> location(String path) {
    return all.stream()
        .filter(override -> override.covers(path))
        .map(PropertyOverride::location)
        .reduce((earlier, later) -> later);
  }
}
