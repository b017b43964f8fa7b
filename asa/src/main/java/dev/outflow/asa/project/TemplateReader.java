package dev.outflow.asa.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outflow.asa.report.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads ARM templates and REST definitions; children are inline, nested or apart. */
final class TemplateReader {
  private static final String TYPE = "microsoft.streamanalytics/streamingjobs";

  private final String file;
  private final String text;
  private final TemplateExpressions expressions;
  private final List<Endpoint> inputs = new ArrayList<>();
  private final List<Endpoint> outputs = new ArrayList<>();
  private final List<AsaFunction> functions = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private String name;
  private String query;
  private AsaJob.Settings settings = AsaJob.Settings.NONE;
  private int jobs;

  private TemplateReader(String file, String text, TemplateExpressions expressions) {
    this.file = file;
    this.text = text;
    this.expressions = expressions;
  }

  static AsaJob read(Path path, Optional<Path> parameters) throws NotAnAsaJobException {
    String file = path.getFileName().toString();
    String text = JobReader.text(path);
    JsonNode root = JsonFields.parse(text, path.toString());
    JsonNode given = JsonNodeFactory.instance.objectNode();
    if (parameters.isPresent()) {
      given =
          JsonFields.field(
              JsonFields.parse(JobReader.text(parameters.get()), parameters.get().toString()),
              "parameters");
    }
    TemplateExpressions expressions =
        new TemplateExpressions(
            JsonFields.field(root, "parameters"), JsonFields.field(root, "variables"), given);
    return new TemplateReader(file, text, expressions).read(root, path);
  }

  private AsaJob read(JsonNode root, Path path) throws NotAnAsaJobException {
    if (JsonFields.field(root, "resources").isContainerNode()) {
      resources(JsonFields.field(root, "resources"), "");
    } else if (JsonFields.field(root, "properties", "transformation").isObject()) {
      job(root, JsonFields.text(root, "name").orElse(file.replaceFirst("\\.json$", "")));
    } else if (JsonFields.text(root, "properties", "query").isPresent()) {
      query = JsonFields.text(root, "properties", "query").get();
    }
    if (query == null) {
      throw new NotAnAsaJobException(
          "%s  contains no job of type Microsoft.StreamAnalytics/streamingjobs with a query"
              .formatted(path));
    }
    if (jobs > 1) {
      throw new NotAnAsaJobException(
          "%s  contains %d jobs; import templates of one job each".formatted(path, jobs));
    }
    boolean scriptOnly = inputs.isEmpty() && outputs.isEmpty();
    String job = name == null ? path.getFileName().toString().replaceFirst("\\.json$", "") : name;
    return new AsaJob(
        JobReader.jobName(job),
        file,
        query,
        inputs,
        outputs,
        functions,
        settings,
        scriptOnly,
        findings);
  }

  private void resources(JsonNode resources, String parent) {
    for (JsonNode resource : resources) {
      String written = JsonFields.text(resource, "type").orElse("").toLowerCase(Locale.ROOT);
      String type = written.contains("/") || parent.isEmpty() ? written : parent + "/" + written;
      String resourceName =
          expressions.text(JsonFields.text(resource, "name").orElse("")).replaceFirst(".*/", "");
      JsonNode properties = JsonFields.field(resource, "properties");
      if (type.equals(TYPE)) {
        jobs++;
        job(resource, resourceName);
      } else if (type.equals(TYPE + "/inputs")) {
        inputs.add(endpoint(resourceName, properties));
      } else if (type.equals(TYPE + "/outputs")) {
        outputs.add(endpoint(resourceName, properties));
      } else if (type.equals(TYPE + "/functions")) {
        function(resourceName, expressions.resolve(properties));
      } else if (type.equals(TYPE + "/transformations")) {
        query(properties);
      } else if (JsonFields.field(properties, "template", "resources").isArray()) {
        resources(JsonFields.field(properties, "template", "resources"), "");
      }
      if (type.equals(TYPE)) {
        resources(JsonFields.field(resource, "resources"), TYPE);
      }
    }
  }

  private void job(JsonNode resource, String jobName) {
    name = jobName;
    JsonNode properties = expressions.resolve(JsonFields.field(resource, "properties"));
    settings = SettingsReader.of(properties, file);
    for (JsonNode input : JsonFields.field(properties, "inputs")) {
      inputs.add(
          endpoint(
              JsonFields.text(input, "name").orElse(""), JsonFields.field(input, "properties")));
    }
    for (JsonNode output : JsonFields.field(properties, "outputs")) {
      outputs.add(
          endpoint(
              JsonFields.text(output, "name").orElse(""), JsonFields.field(output, "properties")));
    }
    for (JsonNode function : JsonFields.field(properties, "functions")) {
      function(
          JsonFields.text(function, "name").orElse(""), JsonFields.field(function, "properties"));
    }
    JsonNode transformation = JsonFields.field(properties, "transformation", "properties");
    if (transformation.isObject()) {
      query(transformation);
    }
  }

  private void function(String alias, JsonNode properties) {
    new FunctionReader(file, text, findings::add)
        .ofTemplate(alias, properties)
        .ifPresent(functions::add);
  }

  private Endpoint endpoint(String alias, JsonNode properties) {
    return Endpoints.ofTemplate(
        expressions.text(alias), expressions.resolve(properties), text, file);
  }

  private void query(JsonNode properties) {
    JsonNode written = JsonFields.field(properties, "query");
    if (written instanceof ArrayNode lines) {
      StringBuilder joined = new StringBuilder();
      lines.forEach(line -> joined.append(line.asText()).append('\n'));
      query = joined.toString();
    } else if (written instanceof TextNode) {
      query = expressions.text(written.asText());
    }
    if (query != null) {
      findings.add(
          new Finding(
              Finding.Kind.DECIDE,
              file,
              JsonFields.line(text, "query"),
              0,
              "the query is a property of the template; lines and columns count within it",
              Optional.empty()));
    }
  }
}
