package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The properties that differ in one environment: {@code job.prod.yaml} next to {@code job.yaml}. It
 * is a part of a definition. Each of its values replaces that of the definition; a key without a
 * value removes it.
 */
final class EnvironmentFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private EnvironmentFile() {}

  /**
   * Reads the file of an environment as overrides of {@code definition}.
   *
   * @throws InvalidDefinitionException if it cannot be read or is not a YAML map
   */
  static PropertyOverrides read(String environment, SourceFile definition) {
    Location option = Location.of("--env " + environment);
    if (!NAME.matcher(environment).matches()) {
      throw invalid(
          new Problem(
              option,
              "",
              "is not a valid environment; expected letters, digits, '-' and '_', e.g. prod for job.prod.yaml"));
    }
    SourceFile file =
        definition.readSibling(
            siblingOf(definition.path(), environment),
            message ->
                new Problem(
                    option,
                    "",
                    message + "; create it with the properties that differ in " + environment));
    YamlDocument yaml = YamlDocument.parse(file);
    List<PropertyOverride> overrides = new ArrayList<>();
    if (yaml.content() instanceof ObjectNode content) {
      addAll(overrides, "", content, yaml.locations());
    } else if (!(yaml.content() instanceof NullNode)) {
      throw invalid(
          new Problem(
              Location.of(file.path()),
              "",
              "is not a part of a job definition; expected a map with keys such as 'inputs' and 'outputs'"));
    }
    return new PropertyOverrides(overrides, yaml.problems());
  }

  private static void addAll(
      List<PropertyOverride> overrides, String parent, ObjectNode map, Locations locations) {
    map.properties()
        .forEach(
            property -> {
              String path = parent + property.getKey();
              JsonNode value = property.getValue();
              if (value instanceof ObjectNode nested && !nested.isEmpty()) {
                addAll(overrides, path + ".", nested, locations);
              } else {
                overrides.add(new PropertyOverride(path, value, locations.of(path)));
              }
            });
  }

  static String siblingOf(String path, String environment) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0
        ? name + "." + environment
        : name.substring(0, dot) + "." + environment + name.substring(dot);
  }

  private static InvalidDefinitionException invalid(Problem problem) {
    return new InvalidDefinitionException(List.of(problem));
  }
}
