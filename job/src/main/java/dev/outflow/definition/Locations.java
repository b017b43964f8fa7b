package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where each key of a definition stands.
 *
 * @param file the definition's file
 * @param keys the place for a path of the form {@code outputs.large_orders.topic}, if it stands
 *     anywhere
 */
record Locations(String file, Function<String, Optional<Location>> keys) {

  /**
   * Reads YAML once more, for the places only.
   *
   * @param told is told of keys that stand there twice
   */
  static Locations of(SourceText source, Consumer<Problem> told) throws IOException {
    Map<String, Location> keys = new HashMap<>();
    try (JsonParser parser = YamlText.FACTORY.createParser(source.text())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          Location place = Location.of(source.location(), parser.currentTokenLocation());
          String path = path(parser);
          Location before = keys.put(path, place);
          if (before != null) {
            told.accept(
                new Problem(
                    place,
                    path,
                    "stands here twice, first in line %d; keep one".formatted(before.line())));
          }
        }
      }
    }
    return new Locations(source.location(), path -> Optional.ofNullable(keys.get(path)));
  }

  /** The same where what was set on the command line stands there. */
  Locations with(PropertyOverrides settings) {
    return new Locations(
        file,
        path ->
            settings.place(path).or(() -> keys.apply(path)).or(() -> settings.placeWithin(path)));
  }

  /** The same for paths of which some are written otherwise. */
  Locations with(UnaryOperator<String> writtenAs) {
    return new Locations(file, path -> keys.apply(writtenAs.apply(path)));
  }

  /** Where {@code path} stands or, if it does not, the nearest that encloses it. */
  Location of(String path) {
    for (String enclosing = path; !enclosing.isEmpty(); enclosing = parent(enclosing)) {
      Optional<Location> place = keys.apply(enclosing);
      if (place.isPresent()) {
        return place.get();
      }
    }
    return Location.of(file);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static String path(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
  }
}
