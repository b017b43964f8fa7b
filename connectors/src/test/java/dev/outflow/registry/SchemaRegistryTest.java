package dev.outflow.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.outflow.kafka.error.InvalidHeaderException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests to a registry, against a stub, and how its responses are interpreted. */
class SchemaRegistryTest {
  private static final Schema SCHEMA =
      RegistryFormatFactory.schema(
          DataTypes.ROW(DataTypes.FIELD("number", DataTypes.INT())).getLogicalType());
  private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"not found\"}";

  private final Map<String, String> answers = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          asked.add(request);
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = answers.getOrDefault(request, "404" + UNKNOWN).getBytes(UTF_8);
          exchange.sendResponseHeaders(
              Integer.parseInt(new String(body, 0, 3, UTF_8)), body.length - 3);
          exchange.getResponseBody().write(body, 3, body.length - 3);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void doesNotRegisterAnExistingSchema() {
    answers.put("POST /subjects/a-value", "200{\"id\":7}");

    assertThat(registry(Map.of()).register("a-value", SCHEMA)).isEqualTo(7);
    assertThat(asked).containsExactly("POST /subjects/a-value");
  }

  @Test
  void registersNewSchemaUnderAnySubjectName() {
    answers.put("POST /subjects/a%20%2F%20b/versions", "200{\"id\":8}");

    assertThat(registry(Map.of()).register("a / b", SCHEMA)).isEqualTo(8);
  }

  @Test
  void reportsRejectionWhenRegistering() {
    answers.put("POST /subjects/a-value/versions", "409{\"message\":\"not BACKWARD\"}");

    assertThatThrownBy(() -> registry(Map.of()).register("a-value", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("'a-value' at ")
        .hasMessageContaining("rejects this output's schema: not BACKWARD;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'schemaType':'JSON','schema':'{}'} | the subject contains schemas of type JSON, but this",
        "{'schemaType':'PROTOBUF','schema':'message A {}'} | contains schemas of type PROTOBUF",
        "{'schema':'~string~'} | the subject's latest schema has type string, not record;",
        "{'schema':'~other.Type~'} | not BACKWARD;",
        "<html>Welcome</html> | not BACKWARD;",
        "{} | not BACKWARD;"
      },
      quoteCharacter = '`')
  void explainsRejectionByTheLatestSchema(String latest, String reason) {
    answers.put("POST /subjects/a/versions", "409{\"message\":\"not BACKWARD\"}");
    answers.put(
        "GET /subjects/a/versions/latest", "200" + latest.replace('\'', '"').replace("~", "\\\""));

    assertThatThrownBy(() -> registry(Map.of()).register("a", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void rejectsSchemaIdsThatAreNotAvro() {
    answers.put("GET /schemas/ids/7", "200{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");
    answers.put("GET /schemas/ids/8", "200{\"schema\":\"\\\"other.Type\\\"\"}");

    answers.put("GET /schemas/ids/9", "404{\"error_code\":40403,\"message\":\"none\"}");

    assertThatThrownBy(() -> registry(Map.of()).schema(9))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessage("the record's schema, id 9, does not exist at " + url());
    assertThatThrownBy(() -> registry(Map.of()).schema(7))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessageContaining("the record's schema, id 7 at " + url() + ", has type JSON");
    assertThatThrownBy(() -> registry(Map.of()).schema(8))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessageContaining("id 8 at " + url() + ", cannot be parsed: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome</html>", "{}", "{\"id\":\"seven\"}"})
  void rejectsResponseWithoutId(String page) {
    answers.put("POST /subjects/known", "200" + page);
    answers.put("POST /subjects/new/versions", "200" + page);

    Map.of("known", "/subjects/known", "new", "/subjects/new/versions")
        .forEach(
            (subject, path) ->
                assertThatThrownBy(() -> registry(Map.of()).register(subject, SCHEMA))
                    .isExactlyInstanceOf(RegistryException.class)
                    .hasMessage("%s returned no id for %s; is it a schema registry?", url(), path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome</html>", "{}"})
  void rejectsResponseWithoutSchema(String page) {
    answers.put("GET /schemas/ids/7", "200" + page);

    assertThatThrownBy(() -> registry(Map.of()).schema(7))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessage(url() + " returned no schema for /schemas/ids/7; is it a schema registry?");
  }

  @Test
  void quotesTheRegistryOnAnInvalidSchema() {
    String answer = "422{\"error_code\":42201,\"message\":\"Input schema is invalid\"}";
    answers.put("POST /compatibility/subjects/a/versions/latest?verbose=true", answer);
    answers.put("POST /subjects/a/versions", answer);
    answers.put("GET /subjects/a/versions/latest", "200{\"schema\":\"\\\"string\\\"\"}");

    assertThatThrownBy(() -> registry(Map.of()).check("a", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("rejects this output's schema: Input schema is invalid;");
    assertThatThrownBy(() -> registry(Map.of()).register("a", SCHEMA))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("rejects this output's schema: Input schema is invalid;");
  }

  @Test
  void rejectsResponseWithoutVerdict() {
    String path = "/compatibility/subjects/a-value/versions/latest?verbose=true";
    answers.put("POST " + path, "200<html>Welcome</html>");

    assertThatThrownBy(() -> registry(Map.of()).check("a-value", SCHEMA))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessage(url() + " returned no verdict for " + path + "; is it a schema registry?");
  }

  @Test
  void usesTheNextUrlWhenOneIsDown() {
    answers.put("GET /subjects", "200[]");

    registry(Map.of("url", "http://127.0.0.1:1, " + url() + "/")).ping();
    assertThat(asked).containsExactly("GET /subjects");
  }

  @Test
  void resolvesTheTokenForEachRequest(@TempDir Path folder) throws Exception {
    answers.put("GET /subjects", "200[]");
    SchemaRegistry registry =
        registry(Map.of("bearer-auth.token", "${dir:%s:token}".formatted(folder)));

    Files.writeString(folder.resolve("token"), "first");
    registry.ping();
    Files.writeString(folder.resolve("token"), "second");
    registry.ping();

    assertThat(authorizations).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void stripsTrailingLineEndFromSecrets(@TempDir Path folder) throws Exception {
    answers.put("GET /subjects", "200[]");
    Files.writeString(folder.resolve("secret"), "ann:hunter2\r\n");
    String reference = "${dir:%s:secret}".formatted(folder);

    registry(Map.of("bearer-auth.token", reference)).ping();
    registry(Map.of("basic-auth.user-info", reference)).ping();

    assertThat(authorizations)
        .containsExactly(
            "Bearer ann:hunter2",
            "Basic " + Base64.getEncoder().encodeToString("ann:hunter2".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "bearer-auth.token, 000A",
    "bearer-auth.token, 007F",
    "bearer-auth.token, 20AC",
    "basic-auth.user-info, 000A"
  })
  void rejectsSecretsThatAreInvalidInHeadersWithoutPrintingThem(
      String option, String character, @TempDir Path folder) throws Exception {
    String bad = Character.toString(Integer.parseInt(character, 16));
    Files.writeString(folder.resolve("secret"), "hunter" + bad + "secret");
    SchemaRegistry registry = registry(Map.of(option, "${dir:%s:secret}".formatted(folder)));

    assertThatThrownBy(registry::ping)
        .isInstanceOfSatisfying(
            RegistryException.class,
            e ->
                assertThat(e.forFormat("avro-confluent"))
                    .hasMessageContaining("avro-confluent." + option)
                    .hasMessageContaining(
                        "contains a character that is not allowed in an HTTP header"))
        .satisfies(e -> assertThat(ExceptionUtils.stringifyException(e)).doesNotContain("hunter"));
    assertThat(asked).isEmpty();
  }

  @Test
  void acceptsNonAsciiPasswords() {
    answers.put("GET /subjects", "200[]");

    registry(Map.of("basic-auth.user-info", "ann:p\u20acss")).ping();

    assertThat(authorizations)
        .containsExactly(
            "Basic " + Base64.getEncoder().encodeToString("ann:p\u20acss".getBytes(UTF_8)));
  }

  @Test
  void omitsCredentialsFromToString() {
    RegistryConnection connection =
        RegistryConnection.of(
            Configuration.fromMap(Map.of("url", "https://ann:hunter2@registry.example.com")));

    assertThat(connection.authorization()).startsWith("Basic ");
    assertThat(connection).hasToString("https://registry.example.com");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private SchemaRegistry registry(Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(Map.of("url", url()));
    all.putAll(options);
    return new SchemaRegistry(RegistryConnection.of(Configuration.fromMap(all)));
  }
}
