package dev.outflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/**
 * The services of {@code docker-compose.yml} and the files that it includes, with {@code extends}
 * resolved.
 */
record ComposeFiles(Map<String, JsonNode> services) {
  static final Path FILE = Path.of("..", "docker-compose.yml");
  private static final YAMLMapper YAML = new YAMLMapper();

  static ComposeFiles read() throws IOException {
    Map<String, JsonNode> services = new TreeMap<>();
    add(services, FILE);
    for (JsonNode included : file(FILE).get("include")) {
      add(services, FILE.resolveSibling(included.asText()));
    }
    return new ComposeFiles(services);
  }

  private static void add(Map<String, JsonNode> services, Path file) throws IOException {
    for (String name : names(file(file).get("services"))) {
      services.put(name, service(file, name));
    }
  }

  private static List<String> names(JsonNode services) {
    List<String> names = new ArrayList<>();
    services.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode service(Path file, String name) throws IOException {
    ObjectNode own = (ObjectNode) file(file).at("/services/" + name);
    JsonNode base = own.remove("extends");
    if (base == null) {
      return own;
    }
    JsonNode extended =
        base.isTextual()
            ? service(file, base.asText())
            : service(file.resolveSibling(base.get("file").asText()), base.get("service").asText());
    return merged((ObjectNode) extended, own);
  }

  /** Merges mappings, appends volumes and replaces everything else, like Compose. */
  private static ObjectNode merged(ObjectNode base, ObjectNode own) {
    own.properties()
        .forEach(
            property -> {
              JsonNode before = base.get(property.getKey());
              JsonNode value = property.getValue();
              if (before instanceof ObjectNode object && value instanceof ObjectNode more) {
                merged(object, more);
              } else if (property.getKey().equals("volumes") && before != null) {
                value.forEach(((ArrayNode) before)::add);
              } else {
                base.set(property.getKey(), value);
              }
            });
    return base;
  }

  /** Reads with SnakeYAML, because Jackson supports neither merge keys nor mapping anchors. */
  private static JsonNode file(Path file) throws IOException {
    Object document = new Yaml().load(Files.readString(file));
    return YAML.valueToTree(document);
  }
}
