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

/** {@code job.schema.json}, the same that editors complete from. */
final class JobSchema {
  private static final JsonNode SCHEMA = load();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  private JobSchema() {}

  /** Everything in which {@code definition} departs from the schema. */
  static List<SchemaViolation> check(JsonNode definition) {
    return VALIDATOR.validate(definition).stream().map(JobSchema::departure).toList();
  }

  private static SchemaViolation departure(Error error) {
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
        Optional.ofNullable(error.getInstanceNode()).map(JsonNode::deepCopy), // It is mended later.
        error.getSchemaNode(),
        knownKeys(error),
        around(error).at("/examples/0").asText(),
        error.getMessage());
  }

  private static List<String> knownKeys(Error error) {
    List<String> keys = new ArrayList<>();
    around(error).path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The part of the schema that the rule belongs to. */
  private static JsonNode around(Error error) {
    return SCHEMA.at(error.getSchemaLocation().getFragment().getParent().toString());
  }

  private static JsonNode load() {
    try (InputStream schema = JobSchema.class.getResourceAsStream("/job.schema.json")) {
      return new ObjectMapper().readTree(schema);
    } catch (IOException e) {
      throw new UncheckedIOException("job.schema.json is missing in the jar", e);
    }
  }
}
