package dev.outflow.definition;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads job.yaml: parses it, applies overrides, validates it, and binds it to records. */
public final class DefinitionReader {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The name of a query file can contain blanks, but does not begin as a query does. */
  private static final Pattern QUERY_FILE =
      Pattern.compile("(?i)(?!--|//|/\\*|\\()(?!(?:SELECT|WITH|VALUES)\\s).+\\.sql");

  private final SourceFile file;
  private final List<Problem> problems = new ArrayList<>();

  private DefinitionReader(SourceFile file) {
    this.file = file;
  }

  /**
   * Reads a definition and its query files, whose paths are relative to the definition.
   *
   * @throws InvalidDefinitionException with all problems
   */
  public static JobDefinition read(DefinitionSource source) {
    return draft(source).orElseThrow();
  }

  /**
   * Reads as much of a definition as possible, for callers that look for further problems.
   *
   * @throws InvalidDefinitionException if a file cannot be read or is not a YAML map
   */
  public static Draft draft(DefinitionSource source) {
    return draft(source, SearchPath.here());
  }

  static Draft draft(DefinitionSource source, SearchPath search) {
    return new DefinitionReader(SourceFile.read(source.file(), search)).draftOf(source);
  }

  private Draft draftOf(DefinitionSource source) {
    YamlDocument yaml = YamlDocument.parse(file);
    if (!(yaml.content() instanceof ObjectNode content)) {
      throw new InvalidDefinitionException(
          List.of(
              new Problem(
                  Location.of(file.path()),
                  "",
                  "is not a job definition; expected a map with the keys 'name' and 'outputs'")));
    }
    problems.addAll(yaml.problems());
    PropertyOverrides arguments = PropertyOverrides.parse(source.overrides());
    PropertyOverrides overrides =
        source
            .environment()
            .map(environment -> EnvironmentFile.read(environment, file).then(arguments))
            .orElse(arguments);
    problems.addAll(overrides.problems());
    problems.addAll(overrides.apply(content));
    DefinitionRepair repair = DefinitionRepair.of(content);
    Locations locations = overrides.applyTo(yaml.locations()).with(repair::writtenAs);
    for (SchemaViolation violation : repair.violations()) {
      String path = String.join(".", violation.path());
      problems.add(new Problem(locations.of(path), path, violation.message()));
    }
    return bind(content, locations, repair.unusable());
  }

  private Draft bind(ObjectNode content, Locations locations, Unusable notRepaired) {
    Unusable unusable = notRepaired;
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> query : content.path("queries").properties()) {
      try {
        queries.add(query(query.getKey(), query.getValue().asText(), locations));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
        unusable = unusable.with("queries." + query.getKey());
      }
    }
    List<FunctionDefinition> functions = new ArrayList<>();
    FunctionReader functionReader = new FunctionReader(file, locations);
    for (Map.Entry<String, JsonNode> function : content.path("functions").properties()) {
      try {
        functions.add(functionReader.read(function.getKey(), function.getValue()));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
        unusable = unusable.with("functions." + function.getKey());
      }
    }
    JobDefinition definition =
        new JobDefinition(
            content.get("name").asText(),
            map(FlatOptions.ofEach(content.path("inputs")), new TypeReference<>() {}),
            functions,
            queries,
            Optional.ofNullable(content.get("transformation")).map(JsonNode::asText),
            map(FlatOptions.ofEach(content.path("outputs")), new TypeReference<>() {}),
            map(FlatOptions.of(content.path("flink")), new TypeReference<>() {}),
            locations::of);
    problems.addAll(CrossChecks.problems(definition, unusable));
    return new Draft(definition, problems, unusable);
  }

  private static <T> Map<String, T> map(ObjectNode node, TypeReference<Map<String, T>> type) {
    return RECORDS.convertValue(node, type);
  }

  private Query query(String name, String written, Locations locations) {
    String path = "queries." + name;
    Location location = locations.of(path);
    if (!QUERY_FILE.matcher(written.strip()).matches()) {
      return new Query(name, written, location);
    }
    SourceFile query =
        file.readSibling(written.strip(), message -> new Problem(location, path, message));
    return new Query(name, query.text(), Location.of(query.path()));
  }
}
