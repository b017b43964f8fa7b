package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.outflow.asa.report.Finding;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads functions, in the form of projects and in that of templates. */
final class FunctionReader {
  private final String file;
  private final String text;
  private final Consumer<Finding> findings;

  /**
   * @param file in which the functions are defined, and its text
   * @param findings receives those that do not run in Flink
   */
  FunctionReader(String file, String text, Consumer<Finding> findings) {
    this.file = file;
    this.text = text;
    this.findings = findings;
  }

  /** Reads a function of a project; its script is in a file of its own, or in this one. */
  Optional<AsaFunction> ofProject(JsonNode node, String kind, Optional<String> scriptFile) {
    String alias =
        JsonFields.text(node, "Name")
            .or(() -> JsonFields.text(node, "FunctionAlias"))
            .orElse(file.replaceFirst(".*/", "").replaceFirst("(?i)(\\.js)?\\.json$", ""));
    String type =
        kind
            + " "
            + JsonFields.text(node, "ScriptType").orElse("")
            + " "
            + JsonFields.text(node, "Type").orElse("");
    Optional<String> script =
        JsonFields.text(node, "JSCode")
            .or(() -> JsonFields.text(node, "Script"))
            .or(() -> scriptFile);
    return function(
        alias,
        type,
        script,
        types(JsonFields.field(node, "FunctionInputs")),
        JsonFields.text(node, "OutputType"));
  }

  /** Reads a function of a template, whose properties stand in {@code properties}. */
  Optional<AsaFunction> ofTemplate(String alias, JsonNode properties) {
    JsonNode inner = JsonFields.field(properties, "properties");
    JsonNode definition = inner.isObject() ? inner : properties;
    JsonNode binding = JsonFields.field(definition, "binding");
    String type =
        JsonFields.text(binding, "type").orElse("")
            + " "
            + JsonFields.text(properties, "type").orElse("");
    return function(
        alias,
        type,
        JsonFields.text(binding, "properties", "script")
            .or(() -> JsonFields.text(binding, "script")),
        types(JsonFields.field(definition, "inputs")),
        JsonFields.text(definition, "output", "dataType"));
  }

  private Optional<AsaFunction> function(
      String alias,
      String kind,
      Optional<String> script,
      List<String> inputs,
      Optional<String> output) {
    String type = kind.toLowerCase(Locale.ROOT);
    if (type.contains("csharp") || type.contains("clr")) {
      return missing(
          alias,
          "is in C#; write it in Java, and declare it: functions: { udf_%s: com.acme.%s }"
              .formatted(
                  alias, alias.substring(0, 1).toUpperCase(Locale.ROOT) + alias.substring(1)));
    }
    if (type.contains("machinelearning") || type.contains("azureml")) {
      return missing(
          alias,
          "calls a model of Azure Machine Learning; use CREATE MODEL and ML_PREDICT of Flink, or"
              + " call the endpoint in an AsyncScalarFunction in Java and declare it in 'functions'");
    }
    if (script.isEmpty()) {
      return missing(alias, "has no script; add it, or write the function in 'functions'");
    }
    return Optional.of(
        new AsaFunction(
            alias,
            type.contains("uda") || type.contains("aggregate"),
            script.get(),
            inputs,
            output.map(written -> written.toLowerCase(Locale.ROOT)),
            file,
            JsonFields.line(text, alias)));
  }

  private Optional<AsaFunction> missing(String alias, String problem) {
    findings.accept(
        new Finding(
            Finding.Kind.MISSING,
            file,
            JsonFields.line(text, alias),
            0,
            "the function '%s' %s".formatted(alias, problem),
            Optional.of(Section.FUNCTIONS)));
    return Optional.empty();
  }

  private static List<String> types(JsonNode inputs) {
    List<String> types = new ArrayList<>();
    if (inputs instanceof ArrayNode) {
      inputs.forEach(
          input ->
              types.add(JsonFields.text(input, "dataType").orElse("any").toLowerCase(Locale.ROOT)));
    }
    return types;
  }
}
