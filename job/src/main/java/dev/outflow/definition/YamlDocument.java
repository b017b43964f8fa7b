package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is YAML, and begins as a definition.
 *
 * @param content with the last of keys that stand there twice
 * @param places where each key stands
 * @param problems what YAML allows and a definition does not
 */
record YamlDocument(ObjectNode content, Locations places, List<Problem> problems) {

  /**
   * Parses a file.
   *
   * @throws InvalidDefinitionException if it is no YAML, or no map
   */
  static YamlDocument parse(SourceText source) {
    String file = source.location();
    try {
      if (YamlText.read(source.text()) instanceof ObjectNode content) {
        List<Problem> problems = new ArrayList<>();
        Locations places = Locations.of(source, problems::add);
        problems.addAll(aliases(source));
        return new YamlDocument(content, places, problems);
      }
      throw new InvalidDefinitionException(
          List.of(new Problem(Location.of(file), "", "is not a job: it must begin with 'name:'")));
    } catch (JsonProcessingException e) {
      throw new InvalidDefinitionException(YamlProblem.of(source, e));
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory is always readable", e);
    }
  }

  /** Jackson takes an alias for a text that is its name, and reads one document only. */
  private static List<Problem> aliases(SourceText source) throws IOException {
    List<Problem> problems = new ArrayList<>();
    try (YAMLParser parser = YamlText.FACTORY.createParser(source.text())) {
      int depth = 0;
      boolean over = false;
      while (parser.nextToken() != null) {
        if (over && parser.currentToken() == JsonToken.VALUE_NULL) {
          continue; // Only a line of --- at the end.
        }
        if (over) {
          problems.add(problem(source, parser, "begins a second document; a definition is one"));
          break;
        }
        if (parser.isCurrentAlias()) {
          problems.add(
              problem(
                  source,
                  parser,
                  "begins with *, which YAML takes for an alias, and aliases are not read here; put it in quotes, or write what it stands for"));
        }
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        over = depth == 0;
      }
    }
    return problems;
  }

  private static Problem problem(SourceText source, JsonParser parser, String message) {
    return new Problem(Location.of(source.location(), parser.currentTokenLocation()), "", message);
  }
}
