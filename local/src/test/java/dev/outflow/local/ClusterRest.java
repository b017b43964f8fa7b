package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A cluster by its REST API alone, as those have it who submit the jar. */
record ClusterRest(URI webUi) {
  /** The one jar that users submit. */
  static final Path JAR = Path.of("../job/target/outflow.jar");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Uploads the jar and returns the id by which the cluster knows it. */
  String upload() throws IOException, InterruptedException {
    String boundary = "----outflow";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                + " filename=\"outflow.jar\"\r\nContent-Type: application/java-archive\r\n\r\n")
            .getBytes(UTF_8));
    body.writeBytes(Files.readAllBytes(JAR));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    byte[] answer =
        send(
            "POST",
            "/jars/upload",
            "multipart/form-data; boundary=" + boundary,
            body.toByteArray());
    return Path.of(json(answer).get("filename").asText()).getFileName().toString();
  }

  /** Runs an uploaded jar; the answer is the job's id, or why there is none. */
  JsonNode run(String jar, String... arguments) throws IOException, InterruptedException {
    return post("/jars/" + jar + "/run", Map.of("programArgsList", List.of(arguments)));
  }

  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return json(send("POST", path, "application/json", JSON.writeValueAsBytes(body)));
  }

  /** Ends a job; it has not ended yet when this returns. */
  void cancel(String job) throws IOException, InterruptedException {
    send("PATCH", "/jobs/" + job + "?mode=cancel", "application/json", new byte[0]);
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return json(get(path));
  }

  /** The answer as it comes, be it an error. */
  byte[] get(String path) throws IOException, InterruptedException {
    return send("GET", path, "application/json", new byte[0]);
  }

  private byte[] send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webUi.resolve(path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray()).body();
  }

  private static JsonNode json(byte[] answer) throws IOException {
    return JSON.readTree(answer);
  }
}
