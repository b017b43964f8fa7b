package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Validates definitions against {@code job.schema.json}, which editors use for completion too. */
final class JobSchema {
  private static final JsonNode SCHEMA = load();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  private JobSchema() {}

  /** Returns all violations of the schema. */
  static List<SchemaViolation> check(JsonNode definition) {
    return VALIDATOR.validate(definition).stream().map(JobSchema::violation).toList();
  }

  private static SchemaViolation violation(Error error) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      path.add(String.valueOf(error.getInstanceLocation().getElement(i)));
    }
    if (error.getProperty() != null) {
      path.add(error.getProperty());
    }
    return new SchemaViolation(
        path,
        error.getKeyword(),
        Optional.ofNullable(error.getInstanceNode())
            .map(JsonNode::deepCopy), // It is repaired later.
        error.getSchemaNode(),
        knownKeys(error),
        enclosingSchema(error).at("/examples/0").asText(),
        error.getMessage());
  }

  private static List<String> knownKeys(Error error) {
    List<String> keys = new ArrayList<>();
    enclosingSchema(error).path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Returns the part of the schema that contains the violated rule. */
  private static JsonNode enclosingSchema(Error error) {
    return SCHEMA.at(error.getSchemaLocation().getFragment().getParent().toString());
  }

  private static JsonNode load() {
    try (InputStream schema = JobSchema.class.getResourceAsStream("/job.schema.json")) {
      return new ObjectMapper().readTree(schema);
    } catch (IOException e) {
      throw new UncheckedIOException("job.schema.json is missing from the jar", e);
    }
  }
}
