package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Apicurio Registry with Confluent's API as a process on 127.0.0.1, with in-memory storage. */
final class SchemaRegistryProcess implements AutoCloseable {
  private static final Path HOME = Path.of("target/apicurio");
  private static final Duration STARTING = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JavaProcess process;
  private final int port;

  private SchemaRegistryProcess(JavaProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a registry and waits until it responds. */
  static SchemaRegistryProcess start(Path folder) throws IOException {
    int port = Ports.free();
    Files.createDirectories(folder);
    JavaCommand command =
        new JavaCommand(
            "schema registry",
            new OwnJvm(
                Map.of(),
                List.of(
                    "-Xmx320m", "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port)),
            List.of(runner()),
            "io.quarkus.runner.GeneratedMain",
            List.of(),
            folder,
            folder.resolve("registry.log"));
    SchemaRegistryProcess registry = new SchemaRegistryProcess(command.start(), port);
    Await.until(
        "the schema registry responds",
        STARTING,
        List.of(registry.process),
        () -> registry.json("/subjects").isArray());
    return registry;
  }

  private static Path runner() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(HOME, "*-runner.jar")) {
      return jars.iterator().next();
    }
  }

  /** Returns the value for {@code avro-confluent.url}. */
  String url() {
    return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  /** Returns the response to a GET. */
  JsonNode json(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url() + path)).GET());
  }

  /** Sets the compatibility level of a subject, such as {@code BACKWARD}. */
  void setCompatibility(String compatibility, String subject)
      throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"compatibility\":\"%s\"}".formatted(compatibility))));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("HTTP %d: %s".formatted(response.statusCode(), response.body()));
    }
    return new ObjectMapper().readTree(response.body());
  }

  @Override
  public void close() {
    process.close();
  }
}
