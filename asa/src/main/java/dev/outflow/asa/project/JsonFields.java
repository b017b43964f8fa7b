package dev.outflow.asa.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** JSON of Azure, whose fields have any case. */
final class JsonFields {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private JsonFields() {}

  /** Decodes a text file, with a byte order mark or without. */
  static String text(byte[] bytes) {
    if (bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  static JsonNode parse(String text, String file) throws NotAnAsaJobException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new NotAnAsaJobException(
          "%s:%d:%d  is not valid JSON: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  /** Returns a field whatever its case; a missing node if there is none. */
  static JsonNode field(JsonNode node, String... path) {
    JsonNode current = node;
    for (String name : path) {
      JsonNode next = MissingNode.getInstance();
      for (Map.Entry<String, JsonNode> field : current.properties()) {
        if (field.getKey().equalsIgnoreCase(name)) {
          next = field.getValue();
        }
      }
      current = next;
    }
    return current;
  }

  static Optional<String> text(JsonNode node, String... path) {
    JsonNode field = field(node, path);
    return field.isValueNode() && !field.isNull() && !field.asText().isBlank()
        ? Optional.of(field.asText())
        : Optional.empty();
  }

  /** Returns all values below a node by the names of their fields; never a secret. */
  static Map<String, String> values(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(node, values);
    return values;
  }

  private static void collect(JsonNode node, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = field.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      JsonNode value = field.getValue();
      if (value.isContainerNode() && !value.isArray()) {
        collect(value, into);
      } else if (value.isValueNode() && !value.isNull() && !isSecret(key)) {
        into.putIfAbsent(key, value.asText());
      }
    }
  }

  private static boolean isSecret(String key) {
    return key.endsWith("password")
        || key.endsWith("connectionstring")
        || key.endsWith("token")
        || key.endsWith("accountkey")
        || key.endsWith("policykey")
        || key.endsWith("apikey")
        || key.endsWith("accesskey")
        || key.endsWith("secret");
  }

  /** Returns the line of the first occurrence of a text in quotes, or 1. */
  static int line(String text, String quoted) {
    int index = text.indexOf('"' + quoted + '"');
    return index < 0
        ? 1
        : (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
  }
}
