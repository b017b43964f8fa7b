package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The expressions of ARM templates that jobs use: parameters, variables and concat. A parameter
 * without a value becomes a reference to an environment variable of its name.
 */
final class TemplateExpressions {
  private static final int DEEPEST = 20;

  private final JsonNode parameters;
  private final JsonNode variables;
  private final JsonNode given;
  private int depth;

  TemplateExpressions(JsonNode parameters, JsonNode variables, JsonNode given) {
    this.parameters = parameters;
    this.variables = variables;
    this.given = given;
  }

  /** Returns a copy of a node with its expressions replaced by their values. */
  JsonNode resolve(JsonNode node) {
    if (node instanceof TextNode written) {
      return TextNode.valueOf(text(written.asText()));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(resolve(element)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue())));
      return copy;
    }
    return node;
  }

  /** Returns the value of a text, which is an expression if it is in brackets. */
  String text(String written) {
    if (!written.startsWith("[") || !written.endsWith("]")) {
      return written;
    }
    if (written.startsWith("[[")) {
      return written.substring(1);
    }
    if (depth >= DEEPEST) {
      return written;
    }
    depth++;
    String value = value(written.substring(1, written.length() - 1).strip());
    depth--;
    return value;
  }

  private String value(String expression) {
    if (expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'")) {
      return expression.substring(1, expression.length() - 1).replace("''", "'");
    }
    int open = expression.indexOf('(');
    if (open < 0 || !expression.endsWith(")")) {
      return expression;
    }
    String function = expression.substring(0, open).strip().toLowerCase(Locale.ROOT);
    List<String> arguments = arguments(expression.substring(open + 1, expression.length() - 1));
    return switch (function) {
      case "parameters" -> parameter(value(arguments.get(0)));
      case "variables" -> variable(value(arguments.get(0)));
      case "concat" -> String.join("", arguments.stream().map(this::value).toList());
      case "tolower" -> value(arguments.get(0)).toLowerCase(Locale.ROOT);
      case "toupper" -> value(arguments.get(0)).toUpperCase(Locale.ROOT);
      case "format" -> format(arguments);
      default -> "${env:" + environment(function) + "}";
    };
  }

  private String format(List<String> arguments) {
    String text = value(arguments.get(0));
    for (int i = 1; i < arguments.size(); i++) {
      text = text.replace("{" + (i - 1) + "}", value(arguments.get(i)));
    }
    return text;
  }

  private String parameter(String name) {
    JsonNode value = JsonFields.field(given, name, "value");
    if (value.isMissingNode()) {
      value = JsonFields.field(parameters, name, "defaultValue");
    }
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty()
        ? "${env:" + environment(name) + "}"
        : text(value.asText());
  }

  private String variable(String name) {
    JsonNode value = JsonFields.field(variables, name);
    return value.isMissingNode() ? "${env:" + environment(name) + "}" : text(value.asText());
  }

  private static String environment(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toUpperCase(Locale.ROOT);
  }

  /** Splits arguments at commas outside of texts and parentheses. */
  private static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    int open = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && (c == '(' || c == '[')) {
        open++;
      } else if (!quoted && (c == ')' || c == ']')) {
        open--;
      } else if (!quoted && open == 0 && c == ',') {
        arguments.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    arguments.add(text.substring(start).strip());
    return arguments;
  }
}
