package dev.outflow.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client for the REST API of a Flink cluster. */
public record ClusterRest(URI webUi) {
  /** The jar that users submit. */
  public static final Path JAR = Path.of("../job/target/outflow.jar");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Uploads the jar and returns its id in the cluster. */
  public String upload() throws IOException, InterruptedException {
    return upload(JAR);
  }

  /** Uploads any jar and returns its id in the cluster. */
  public String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "----outflow";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                + " filename=\"outflow.jar\"\r\nContent-Type: application/java-archive\r\n\r\n")
            .getBytes(UTF_8));
    body.writeBytes(Files.readAllBytes(jar));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    byte[] answer =
        send(
            "POST",
            "/jars/upload",
            "multipart/form-data; boundary=" + boundary,
            body.toByteArray());
    return Path.of(json(answer).get("filename").asText()).getFileName().toString();
  }

  /** Runs an uploaded jar and returns the response: the job's id, or an error. */
  public JsonNode run(String jar, String... arguments) throws IOException, InterruptedException {
    return post("/jars/" + jar + "/run", Map.of("programArgsList", List.of(arguments)));
  }

  /** Returns the state of each job by its id: Flink's JobStatus. */
  public Map<String, String> jobs() throws IOException, InterruptedException {
    Map<String, String> states = new LinkedHashMap<>();
    for (JsonNode job : json("/jobs").path("jobs")) {
      states.put(job.path("id").asText(), job.path("status").asText());
    }
    return states;
  }

  /** Returns a job's state; empty if the cluster does not know it (yet). */
  public String state(String job) throws IOException, InterruptedException {
    return json("/jobs/" + job).path("state").asText();
  }

  /** Cancels a job, without waiting for it. */
  public void cancel(String job) throws IOException, InterruptedException {
    send("PATCH", "/jobs/" + job + "?mode=cancel", "application/json", new byte[0]);
  }

  /** Triggers a savepoint, without waiting for it; see {@link #savepointLocation}. */
  public String beginSavepoint(String job, URI folder) throws IOException, InterruptedException {
    return post("/jobs/" + job + "/savepoints", Map.of("target-directory", folder.toString()))
        .path("request-id")
        .asText();
  }

  /** Like {@link #beginSavepoint}, but stops the job after the savepoint. */
  public String beginStop(String job, URI folder) throws IOException, InterruptedException {
    return post("/jobs/" + job + "/stop", Map.of("targetDirectory", folder.toString()))
        .path("request-id")
        .asText();
  }

  /**
   * Returns the location of a triggered savepoint; empty until it is complete.
   *
   * @throws IllegalStateException if it failed
   */
  public String savepointLocation(String job, String request)
      throws IOException, InterruptedException {
    JsonNode answer = json("/jobs/" + job + "/savepoints/" + request);
    if (answer.at("/operation").has("failure-cause")) {
      throw new IllegalStateException("no savepoint: " + answer);
    }
    return answer.at("/operation/location").asText();
  }

  /** Returns the number of completed checkpoints since the job (re)started on this JobManager. */
  public long completedCheckpoints(String job) throws IOException, InterruptedException {
    return json("/jobs/" + job + "/checkpoints").at("/counts/completed").asLong();
  }

  /** Returns the exception history of a job, newest first. */
  public JsonNode exceptions(String job) throws IOException, InterruptedException {
    return json("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries");
  }

  /**
   * Returns the sum of a metric over all subtasks of all operators of a job.
   *
   * @param name a pattern for its id: {@code .*\.numRecordsOut}
   */
  public double metric(String job, String name) throws IOException, InterruptedException {
    double sum = 0;
    for (JsonNode vertex : json("/jobs/" + job).path("vertices")) {
      String metrics = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
      for (JsonNode metric : json(metrics + "/subtasks/metrics")) {
        String id = metric.path("id").asText();
        if (id.matches(name)) {
          String query = "?agg=sum&get=" + URLEncoder.encode(id, UTF_8);
          sum += json(metrics + "/subtasks/metrics" + query).path(0).path("sum").asDouble();
        }
      }
    }
    return sum;
  }

  public JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return json(send("POST", path, "application/json", JSON.writeValueAsBytes(body)));
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    return json(get(path));
  }

  /** Returns the response body, also of an error. */
  public byte[] get(String path) throws IOException, InterruptedException {
    return send("GET", path, "application/json", new byte[0]);
  }

  private byte[] send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webUi.resolve(path))
            .header("Content-Type", type)
            .timeout(TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray()).body();
  }

  private static JsonNode json(byte[] answer) throws IOException {
    return JSON.readTree(answer);
  }
}
