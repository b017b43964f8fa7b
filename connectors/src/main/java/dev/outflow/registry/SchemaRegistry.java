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
 * A schema registry that speaks Confluent's protocol: Confluent's own, Apicurio, Karapace,
 * Redpanda. Each question is answered within 10 s, or {@link RegistryException} says what is wrong.
 *
 * <p>The protocol: <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema
 * Registry API</a>.
 */
public final class SchemaRegistry {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String JSON = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int UNPROCESSABLE = 422;

  private final RegistryConnection address;
  private final HttpClient http;

  public SchemaRegistry(RegistryConnection address) {
    this.address = address;
    this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  /** Returns if it lets this client in. */
  public void ping() {
    expect(HTTP_OK, "/subjects", ask("/subjects", Optional.empty()));
  }

  /**
   * The id of a schema under a subject, where it is registered first if it is new there.
   *
   * @throws IncompatibleSchemaException if the subject does not take it
   */
  public int register(String subject, Schema schema) {
    Optional<JsonNode> body = body(schema);
    RegistryResponse known = ask(subject(subject), body);
    if (known.status() == HTTP_OK) {
      return id(subject(subject), known);
    }
    String versions = subject(subject) + "/versions";
    RegistryResponse added = ask(versions, body);
    if (added.status() == HTTP_CONFLICT) {
      throw refused(subject, difference(subject, schema).orElse(added.message()));
    }
    refuseUnprocessable(subject, added);
    return id(versions, expect(HTTP_OK, versions, added));
  }

  private int id(String path, RegistryResponse answer) {
    return answer.id().orElseThrow(() -> strange("answers without an id to " + path, ""));
  }

  /**
   * Asks whether a subject would take a schema; nothing is registered.
   *
   * @return whether the subject has a schema already
   * @throws IncompatibleSchemaException if it would not
   */
  public boolean check(String subject, Schema schema) {
    String path = "/compatibility" + subject(subject) + "/versions/latest?verbose=true";
    RegistryResponse answer = ask(path, body(schema));
    if (answer.status() == HTTP_NOT_FOUND) {
      ping(); // No such subject, or no registry?
      return false;
    }
    refuseUnprocessable(subject, answer);
    expect(HTTP_OK, path, answer);
    boolean compatible =
        answer
            .isCompatible()
            .orElseThrow(() -> strange("answers without a verdict to " + path, ""));
    if (!compatible) {
      throw refused(subject, difference(subject, schema).orElse(""));
    }
    return true;
  }

  /**
   * The schema that records with this id are written with.
   *
   * @throws InvalidHeaderException if there is none that Avro can read
   */
  Schema schema(int id) throws InvalidHeaderException {
    String path = "/schemas/ids/" + id;
    RegistryResponse answer = ask(path, Optional.empty());
    if (answer.status() == HTTP_NOT_FOUND && answer.isOfRegistry()) {
      throw new InvalidHeaderException(
          "there is no schema with its id %d at %s".formatted(id, address));
    }
    if (!expect(HTTP_OK, path, answer).hasSchema()) {
      throw strange("answers without a schema to " + path, "");
    }
    if (!answer.isAvro()) {
      throw new InvalidHeaderException(
          "the schema with its id %d at %s is of type %s; this format reads Avro only"
              .formatted(id, address, answer.schemaType()));
    }
    try {
      return answer.schema();
    } catch (AvroRuntimeException e) {
      throw new InvalidHeaderException(
          "the schema with its id %d at %s cannot be read: %s"
              .formatted(id, address, e.getMessage()));
    }
  }

  /** The schema itself is not to the registry's liking, whatever the subject holds. */
  private void refuseUnprocessable(String subject, RegistryResponse answer) {
    if (answer.status() == UNPROCESSABLE) {
      throw refused(subject, answer.message());
    }
  }

  private IncompatibleSchemaException refused(String subject, String reason) {
    return new IncompatibleSchemaException(
        "'%s' at %s does not take this output's schema: %s; change the query, write to a new topic or subject, or change the subject's compatibility rule"
            .formatted(
                subject,
                address,
                reason.isEmpty() ? "its compatibility rule does not allow it" : reason));
  }

  /**
   * What differs from the newest schema, in words of our own: registries have each theirs. Empty if
   * that cannot be told.
   */
  private Optional<String> difference(String subject, Schema schema) {
    RegistryResponse latest = ask(subject(subject) + "/versions/latest", Optional.empty());
    if (latest.status() != HTTP_OK) {
      return Optional.empty();
    }
    if (!latest.isAvro()) {
      return Optional.of(
          "the subject holds schemas of type %s, and this one is Avro"
              .formatted(latest.schemaType()));
    }
    try {
      return Optional.of(SchemaIncompatibility.of(latest.schema(), schema))
          .filter(words -> !words.isEmpty());
    } catch (AvroRuntimeException e) {
      return Optional.empty(); // A page, or it needs other schemas.
    }
  }

  private static Optional<JsonNode> body(Schema schema) {
    return Optional.of(MAPPER.valueToTree(Map.of("schema", schema.toString())));
  }

  private static String subject(String name) {
    return "/subjects/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private RegistryResponse expect(int status, String path, RegistryResponse answer) {
    if (answer.status() == HTTP_UNAUTHORIZED || answer.status() == HTTP_FORBIDDEN) {
      throw address.notLetIn(answer.status());
    }
    if (answer.status() != status) {
      throw strange("answers HTTP %d to %s".formatted(answer.status(), path), answer.message());
    }
    return answer;
  }

  private RegistryException strange(String what, String message) {
    return new RegistryException(
        RegistryOptions.URL,
        "%s %s; is it a schema registry? %s".formatted(address, what, message).strip());
  }

  /** Asks the first of the addresses that answers. */
  private RegistryResponse ask(String path, Optional<JsonNode> body) {
    IOException failure = null;
    for (URI url : address.urls()) {
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
        "no schema registry answers at %s (%s); is it running, and reachable from here?"
            .formatted(address, failure == null ? "" : failure.getClass().getSimpleName()));
  }

  private RegistryResponse send(URI uri, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", JSON + ", application/json");
    String authorization = address.authorization();
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
