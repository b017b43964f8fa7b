package dev.outflow.registry;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.kafka.error.InvalidHeaderException;
import dev.outflow.kafka.option.RegistryOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of registries with Confluent's API: Confluent, Apicurio, Karapace, Redpanda. Requests
 * fail with {@link RegistryException} after at most 10 s per URL.
 *
 * <p>The API: <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema
 * Registry API</a>.
 */
final class SchemaRegistry {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String JSON = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int UNPROCESSABLE = 422;

  private final RegistryConnection connection;
  private final HttpClient http;

  SchemaRegistry(RegistryConnection connection) {
    this.connection = connection;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /** Checks that the registry responds and accepts the client's credentials. */
  void ping() {
    expect(HTTP_OK, "/subjects", send("/subjects", Optional.empty()));
  }

  /**
   * Returns a schema's id in a subject, after registering it if it is new.
   *
   * @throws IncompatibleSchemaException if the subject rejects it
   */
  int register(String subject, Schema schema) {
    Optional<JsonNode> body = body(schema);
    RegistryResponse found = send(subject(subject), body);
    if (found.status() == HTTP_OK) {
      return id(subject(subject), found);
    }
    String versions = subject(subject) + "/versions";
    RegistryResponse added = send(versions, body);
    if (added.status() == HTTP_CONFLICT) {
      throw rejected(subject, incompatibility(subject, schema).orElse(added.message()));
    }
    checkProcessable(subject, added);
    return id(versions, expect(HTTP_OK, versions, added));
  }

  private int id(String path, RegistryResponse response) {
    return response.id().orElseThrow(() -> unexpected("returned no id for " + path, ""));
  }

  /**
   * Checks that a subject would accept a schema, without registering it.
   *
   * @return whether the subject exists
   * @throws IncompatibleSchemaException if it would reject it
   */
  boolean check(String subject, Schema schema) {
    String path = "/compatibility" + subject(subject) + "/versions/latest?verbose=true";
    RegistryResponse response = send(path, body(schema));
    if (response.status() == HTTP_NOT_FOUND) {
      ping(); // Distinguishes a new subject from another server.
      return false;
    }
    checkProcessable(subject, response);
    expect(HTTP_OK, path, response);
    boolean compatible =
        response
            .isCompatible()
            .orElseThrow(() -> unexpected("returned no verdict for " + path, ""));
    if (!compatible) {
      throw rejected(subject, incompatibility(subject, schema).orElse(""));
    }
    return true;
  }

  /**
   * Returns the schema with this id.
   *
   * @throws InvalidHeaderException if it does not exist or is not Avro
   */
  Schema schema(int id) throws InvalidHeaderException {
    String path = "/schemas/ids/" + id;
    RegistryResponse response = send(path, Optional.empty());
    if (response.status() == HTTP_NOT_FOUND && response.isRegistryError()) {
      throw new InvalidHeaderException(
          "the record's schema, id %d, does not exist at %s".formatted(id, connection));
    }
    if (!expect(HTTP_OK, path, response).hasSchema()) {
      throw unexpected("returned no schema for " + path, "");
    }
    if (!response.isAvro()) {
      throw new InvalidHeaderException(
          "the record's schema, id %d at %s, has type %s; this format supports only Avro"
              .formatted(id, connection, response.schemaType()));
    }
    try {
      return response.schema();
    } catch (AvroRuntimeException e) {
      throw new InvalidHeaderException(
          "the record's schema, id %d at %s, cannot be parsed: %s"
              .formatted(id, connection, e.getMessage()));
    }
  }

  /** Rejects a schema that the registry considers invalid, independent of the subject. */
  private void checkProcessable(String subject, RegistryResponse response) {
    if (response.status() == UNPROCESSABLE) {
      throw rejected(subject, response.message());
    }
  }

  private IncompatibleSchemaException rejected(String subject, String reason) {
    return new IncompatibleSchemaException(
        "'%s' at %s rejects this output's schema: %s; change the query, write to a new topic or subject, or change the subject's compatibility level"
            .formatted(
                subject,
                connection,
                reason.isEmpty() ? "it violates the compatibility level" : reason));
  }

  /**
   * Explains why the subject's latest schema is incompatible, since each registry words that
   * differently. Empty if the reason is unknown.
   */
  private Optional<String> incompatibility(String subject, Schema schema) {
    RegistryResponse latest = send(subject(subject) + "/versions/latest", Optional.empty());
    if (latest.status() != HTTP_OK) {
      return Optional.empty();
    }
    if (!latest.isAvro()) {
      return Optional.of(
          "the subject contains schemas of type %s, but this one is Avro"
              .formatted(latest.schemaType()));
    }
    try {
      return Optional.of(SchemaIncompatibility.describe(latest.schema(), schema))
          .filter(text -> !text.isEmpty());
    } catch (AvroRuntimeException e) {
      return Optional.empty(); // Not a schema, or it references other schemas.
    }
  }

  private static Optional<JsonNode> body(Schema schema) {
    return Optional.of(MAPPER.valueToTree(Map.of("schema", schema.toString())));
  }

  private static String subject(String name) {
    return "/subjects/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private RegistryResponse expect(int status, String path, RegistryResponse response) {
    if (response.status() == HTTP_UNAUTHORIZED || response.status() == HTTP_FORBIDDEN) {
      throw connection.unauthorized(response.status());
    }
    if (response.status() != status) {
      throw unexpected(
          "returned HTTP %d for %s".formatted(response.status(), path), response.message());
    }
    return response;
  }

  private RegistryException unexpected(String problem, String message) {
    return new RegistryException(
        RegistryOptions.URL,
        "%s %s; is it a schema registry? %s".formatted(connection, problem, message).strip());
  }

  /** Sends a request to the first URL that responds. */
  private RegistryResponse send(String path, Optional<JsonNode> body) {
    IOException failure = null;
    for (URI url : connection.urls()) {
      try {
        return send(URI.create(url + path), body);
      } catch (IOException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryException(RegistryOptions.URL, "interrupted while waiting for " + url);
      }
    }
    throw new RegistryException(
        RegistryOptions.URL,
        "no schema registry responded at %s (%s); check that it is running and reachable from here"
            .formatted(connection, failure == null ? "" : failure.getClass().getSimpleName()));
  }

  private RegistryResponse send(URI uri, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", JSON + ", application/json");
    String authorization = connection.authorization();
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    body.ifPresent(
        json ->
            request
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(json.toString())));
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new RegistryResponse(response.statusCode(), response.body());
  }
}
