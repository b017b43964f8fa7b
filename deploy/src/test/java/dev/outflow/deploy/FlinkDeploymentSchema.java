package dev.outflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The operator's own schema of FlinkDeployment, from its jar. This is version 1.10, the latest on
 * Maven Central. It lists Flink versions up to 1.20 only, so {@code flinkVersion} is not validated.
 * Later versions add fields but keep all those used here.
 */
final class FlinkDeploymentSchema {
  private static final String CRD = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(load());

  private FlinkDeploymentSchema() {}

  static List<String> problems(JsonNode deployment) {
    return SCHEMA.validate(deployment).stream().map(Error::toString).toList();
  }

  private static JsonNode load() {
    JsonNode crd;
    try (InputStream definition = FlinkDeploymentSchema.class.getResourceAsStream(CRD)) {
      crd = new ObjectMapper(new YAMLFactory()).readTree(definition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ObjectNode schema = (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema");
    schema
        .withObject("/properties")
        .putObject("apiVersion")
        .put("const", "flink.apache.org/v1beta1");
    schema.withObject("/properties").putObject("kind").put("const", "FlinkDeployment");
    schema.withObject("/properties").putObject("metadata").put("type", "object");
    schema.withObject("/properties/spec/properties/flinkVersion").remove("enum");
    close(schema);
    return schema;
  }

  /** Kubernetes drops or rejects fields that a schema does not list; JSON Schema allows them. */
  private static void close(JsonNode schema) {
    if (!schema.isObject()) {
      return;
    }
    JsonNode properties = schema.path("properties");
    properties.forEach(FlinkDeploymentSchema::close);
    List.of(schema.path("items"), schema.path("additionalProperties"))
        .forEach(FlinkDeploymentSchema::close);
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (properties.isObject() && !open && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }
}
