package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads job.yaml: text, overrides, schema, and then the records of this package. */
public final class DefinitionReader {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private DefinitionReader() {}

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
    return read(written, sets, SearchPath.here());
  }

  static JobDefinition read(String written, List<String> sets, SearchPath search) {
    SourceText source = SourceText.find(written, search);
    ObjectNode definition = parse(source);
    Places places = places(source);
    List<Setting> settings = sets.stream().map(DefinitionReader::setting).toList();
    settings.forEach(setting -> setting.apply(definition));
    Function<String, Place> placesWithSettings =
        path ->
            settings.stream()
                .filter(setting -> setting.covers(path))
                .map(Setting::place)
                .reduce((earlier, later) -> later)
                .orElseGet(() -> places.of(path));
    List<Problem> problems = SchemaCheck.check(definition, placesWithSettings);
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return bind(source, definition, placesWithSettings);
  }

  private static ObjectNode parse(SourceText source) {
    String file = source.location();
    try {
      if (YamlText.read(source.text()) instanceof ObjectNode definition) {
        return definition;
      }
      throw new InvalidDefinitionException(
          List.of(new Problem(Place.of(file), "", "is not a job: it must begin with 'name:'")));
    } catch (JsonProcessingException e) {
      throw new InvalidDefinitionException(List.of(YamlProblem.of(file, e)));
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory is always readable", e);
    }
  }

  private static Places places(SourceText source) {
    try {
      return Places.of(source.location(), source.text(), YamlText.FACTORY);
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable after it was read", e);
    }
  }

  private static Setting setting(String written) {
    int equals = written.indexOf('=');
    String path = equals > 0 ? written.substring(0, equals).strip() : written;
    try {
      if (equals > 0) {
        return new Setting(path, YamlText.value(written.substring(equals + 1)));
      }
    } catch (IOException e) {
      // Falls through: a list or map that is no YAML, and must not be repeated here.
    }
    throw new InvalidDefinitionException(
        List.of(
            new Problem(
                Place.of("--set"),
                path,
                "must be path=value, for example outputs.orders.topic=orders")));
  }

  private static JobDefinition bind(
      SourceText source, ObjectNode definition, Function<String, Place> places) {
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> query : definition.path("queries").properties()) {
      Place place = places.apply("queries." + query.getKey());
      queries.add(query(source, query.getKey(), query.getValue().asText(), place));
    }
    return new JobDefinition(
        definition.get("name").asText(),
        map(FlatOptions.ofEach(definition.path("inputs")), new TypeReference<>() {}),
        queries,
        Optional.ofNullable(definition.get("transformation")).map(JsonNode::asText),
        map(FlatOptions.ofEach(definition.path("outputs")), new TypeReference<>() {}),
        map(FlatOptions.of(definition.path("flink")), new TypeReference<>() {}),
        places);
  }

  private static <T> Map<String, T> map(ObjectNode node, TypeReference<Map<String, T>> type) {
    return RECORDS.convertValue(node, type);
  }

  private static Query query(SourceText source, String name, String written, Place place) {
    if (!written.strip().matches("\\S+\\.sql")) {
      return new Query(name, written, place);
    }
    SourceText file = source.beside(written.strip(), place, "queries." + name);
    return new Query(name, file.text(), Place.of(file.location()));
  }
}
