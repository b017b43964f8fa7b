package dev.outflow.definition;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads job.yaml: text, overrides, schema, and then the records of this package. */
public final class DefinitionReader {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();

  private DefinitionReader(SourceText source) {
    this.source = source;
  }

  /**
   * Reads a definition and the query files that it names.
   *
   * @param written a URI of a file system that Flink knows, or a path: relative ones are looked for
   *     in the working directory, beside the jar and in the jar. Query files are beside what is
   *     found
   * @param sets overrides of the form {@code path=value}; later ones win
   * @throws InvalidDefinitionException with everything that is wrong
   */
  public static JobDefinition read(String written, List<String> sets) {
    return draft(written, sets).sound();
  }

  /**
   * Reads as much as can be read, for who wants to look for further mistakes.
   *
   * @param written as for {@link #read}
   * @param sets as for {@link #read}
   * @throws InvalidDefinitionException if nothing can be read, because there is no such file or it
   *     is not YAML
   */
  public static Draft draft(String written, List<String> sets) {
    return draft(written, sets, SearchPath.here());
  }

  static Draft draft(String written, List<String> sets, SearchPath search) {
    return new DefinitionReader(SourceText.find(written, search)).read(sets);
  }

  private Draft read(List<String> sets) {
    YamlDocument yaml = YamlDocument.parse(source);
    problems.addAll(yaml.problems());
    PropertyOverrides settings = PropertyOverrides.parse(sets);
    problems.addAll(settings.problems());
    problems.addAll(settings.apply(yaml.content()));
    ObjectNode content = yaml.content();
    List<SchemaViolation> departures = new ArrayList<>();
    DefinitionRepair mended = DefinitionRepair.mend(content, departures::add);
    lost.addAll(mended.lost());
    Locations places = yaml.places().with(settings).with(mended::writtenAs);
    for (SchemaViolation departure : departures) {
      String path = String.join(".", departure.path());
      problems.add(new Problem(places.of(path), path, departure.message()));
    }
    JobDefinition definition = bind(content, places);
    problems.addAll(CrossChecks.problems(definition, lost));
    return new Draft(definition, problems, lost);
  }

  private JobDefinition bind(ObjectNode definition, Locations places) {
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> query : definition.path("queries").properties()) {
      Location place = places.of("queries." + query.getKey());
      try {
        queries.add(query(query.getKey(), query.getValue().asText(), place));
      } catch (InvalidDefinitionException e) {
        problems.addAll(e.problems());
        lost.add("queries." + query.getKey());
      }
    }
    return new JobDefinition(
        definition.get("name").asText(),
        map(FlatOptions.ofEach(definition.path("inputs")), new TypeReference<>() {}),
        queries,
        Optional.ofNullable(definition.get("transformation")).map(JsonNode::asText),
        map(FlatOptions.ofEach(definition.path("outputs")), new TypeReference<>() {}),
        map(FlatOptions.of(definition.path("flink")), new TypeReference<>() {}),
        places::of);
  }

  private static <T> Map<String, T> map(ObjectNode node, TypeReference<Map<String, T>> type) {
    return RECORDS.convertValue(node, type);
  }

  private Query query(String name, String written, Location place) {
    if (!written.strip().matches("\\S+\\.sql")) {
      return new Query(name, written, place);
    }
    SourceText file = source.beside(written.strip(), place, "queries." + name);
    return new Query(name, file.text(), Location.of(file.location()));
  }
}
