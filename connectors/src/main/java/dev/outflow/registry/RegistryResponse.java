package dev.outflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** What a schema registry, or whatever is in its place, answered to one question. */
record RegistryResponse(int status, String body) {
  private static final String AVRO = "AVRO";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The id of a schema; empty if the answer has none. */
  OptionalInt id() {
    JsonNode id = json().path("id");
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  boolean hasSchema() {
    return json().path("schema").isTextual();
  }

  /** {@code AVRO}, {@code JSON}, {@code PROTOBUF}; registries leave out the first. */
  String schemaType() {
    return json().path("schemaType").asText(AVRO);
  }

  boolean isAvro() {
    return schemaType().equals(AVRO);
  }

  /**
   * The schema.
   *
   * @throws AvroRuntimeException if it is none of Avro's
   */
  Schema schema() {
    return new Schema.Parser().parse(json().path("schema").asText());
  }

  /** Whether a subject would take a schema; empty if the answer does not tell. */
  Optional<Boolean> isCompatible() {
    JsonNode compatible = json().path("is_compatible");
    return compatible.isBoolean() ? Optional.of(compatible.booleanValue()) : Optional.empty();
  }

  /** Whether a failure is a registry's own: a web server in its place numbers none. */
  boolean isOfRegistry() {
    return json().path("error_code").isInt();
  }

  /** What it says about a failure, if anything. */
  String message() {
    return json().path("message").asText();
  }

  private JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }
}
