package dev.outflow.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each key of a definition stands.
 *
 * @param file the definition's file
 * @param keys place by path, in the form {@code outputs.large_orders.topic}
 */
record Places(String file, Map<String, Place> keys) {

  /** Reads {@code yaml} once more, for the places only. */
  static Places of(String file, String yaml, YAMLFactory factory) throws IOException {
    Map<String, Place> keys = new HashMap<>();
    try (JsonParser parser = factory.createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          JsonLocation location = parser.currentTokenLocation();
          keys.put(path(parser), new Place(file, location.getLineNr(), location.getColumnNr()));
        }
      }
    }
    return new Places(file, keys);
  }

  /** Where {@code path} stands or, if it does not, the nearest that encloses it. */
  Place of(String path) {
    for (String enclosing = path; !enclosing.isEmpty(); enclosing = parent(enclosing)) {
      if (keys.containsKey(enclosing)) {
        return keys.get(enclosing);
      }
    }
    return Place.of(file);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static String path(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
  }
}
