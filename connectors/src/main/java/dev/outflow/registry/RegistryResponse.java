package dev.outflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The response of a schema registry, or of another server in its place. */
record RegistryResponse(int status, String body) {
  private static final String AVRO = "AVRO";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns the schema id; empty if there is none. */
  OptionalInt id() {
    JsonNode id = json().path("id");
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  boolean hasSchema() {
    return json().path("schema").isTextual();
  }

  /** Returns {@code AVRO}, {@code JSON} or {@code PROTOBUF}; registries omit the first. */
  String schemaType() {
    return json().path("schemaType").asText(AVRO);
  }

  boolean isAvro() {
    return schemaType().equals(AVRO);
  }

  /**
   * Parses the schema.
   *
   * @throws AvroRuntimeException if it is not a valid Avro schema
   */
  Schema schema() {
    return new Schema.Parser().parse(json().path("schema").asText());
  }

  /** Returns whether a schema is compatible; empty if the response does not contain a verdict. */
  Optional<Boolean> isCompatible() {
    JsonNode compatible = json().path("is_compatible");
    return compatible.isBoolean() ? Optional.of(compatible.booleanValue()) : Optional.empty();
  }

  /** Returns whether this is a registry's error: those of other web servers have no error code. */
  boolean isRegistryError() {
    return json().path("error_code").isInt();
  }

  /** Returns the error message, or an empty string. */
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
