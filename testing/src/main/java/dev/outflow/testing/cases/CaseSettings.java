package dev.outflow.testing.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Utf8;
import dev.outflow.option.Suggestion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The optional settings of a test case, in its {@code test.yaml}.
 *
 * @param job the definition under test, relative to the folder; by default the nearest job.yaml in
 *     a parent folder
 * @param env the environment of the definition
 * @param set overrides of the form {@code path=value}
 * @param ignore columns that are not compared: {@code column} of all outputs, or {@code
 *     alias.column}
 * @param ordered whether the order of rows matters
 * @param outputs the outputs that are compared; by default all
 */
record CaseSettings(
    Optional<String> job,
    Optional<String> env,
    List<String> set,
    List<String> ignore,
    boolean ordered,
    Optional<List<String>> outputs) {
  static final String FILE = "test.yaml";
  private static final List<String> KEYS =
      List.of("job", "env", "set", "ignore", "ordered", "outputs");
  private static final ObjectMapper YAML =
      JsonMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  /** The file's content. */
  private record Written(
      String job,
      String env,
      List<String> set,
      List<String> ignore,
      @JsonProperty("ordered") boolean ordered,
      List<String> outputs) {}

  /**
   * Reads the settings of a test case; all defaults if there is no {@code test.yaml}.
   *
   * @throws InvalidDefinitionException if the file is invalid
   */
  static CaseSettings of(Path folder) {
    Path file = folder.resolve(FILE);
    Written written = Files.exists(file) ? read(file) : null;
    if (written == null) {
      written = new Written(null, null, null, null, false, null);
    }
    return new CaseSettings(
        Optional.ofNullable(written.job),
        Optional.ofNullable(written.env),
        written.set == null ? List.of() : written.set,
        written.ignore == null ? List.of() : written.ignore,
        written.ordered,
        Optional.ofNullable(written.outputs));
  }

  private static Written read(Path file) {
    String text = text(file);
    try {
      JsonNode content = YAML.readTree(text);
      boolean isEmpty =
          content.isMissingNode() || content.isNull() || (content.isObject() && content.isEmpty());
      return isEmpty ? null : YAML.readValue(text, Written.class);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw invalid(place(file, text, key), key, "unknown key" + Suggestion.among(KEYS, key));
    } catch (JsonMappingException e) {
      if (e.getPath().isEmpty()) {
        throw invalid(
            Location.of(file.toString()),
            "",
            "must be 'key: value'; expected one of " + String.join(", ", KEYS));
      }
      String key = e.getPath().get(0).getFieldName();
      throw invalid(
          place(file, text, key),
          key,
          key.equals("ordered")
              ? "must be true or false"
              : "must be a string or a list of strings");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Location place =
          at == null
              ? Location.of(file.toString())
              : new Location(file.toString(), at.getLineNr(), at.getColumnNr());
      throw invalid(
          place, "", "is not valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private static String text(Path file) {
    try {
      return Utf8.decode(Files.readAllBytes(file));
    } catch (CharacterCodingException e) {
      throw invalid(Location.of(file.toString()), "", e.getMessage());
    } catch (IOException e) {
      throw invalid(Location.of(file.toString()), "", "cannot be read: " + e.getMessage());
    }
  }

  /** Returns the location of a key; the parser only knows where its value ends. */
  private static Location place(Path file, String text, String key) {
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      if (lines.get(number - 1).startsWith(key + ":")) {
        return new Location(file.toString(), number, 1);
      }
    }
    return Location.of(file.toString());
  }

  private static InvalidDefinitionException invalid(Location place, String key, String message) {
    return new InvalidDefinitionException(List.of(new Problem(place, key, message)));
  }

  /** Returns a problem with one of the settings. */
  static Problem problem(Path folder, String key, String message) {
    Path file = folder.resolve(FILE);
    return new Problem(
        Files.exists(file) ? place(file, text(file), key) : Location.of(file.toString()),
        key,
        message);
  }
}
