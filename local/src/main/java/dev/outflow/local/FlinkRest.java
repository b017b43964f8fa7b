package dev.outflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/** Reads the state of one job from Flink's REST API. */
record FlinkRest(URI webUi, JobID job) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String SOURCE_RECORDS = "Source__[^.]*\\.numRecordsIn";

  /**
   * A job's state.
   *
   * @param status the name of Flink's JobStatus, e.g. RUNNING; UNKNOWN before the first answer
   * @param recordsIn records read by the sources since the job (re)started
   * @param checkpoint id of the last completed checkpoint; 0 before the first
   */
  record State(String status, long recordsIn, long checkpoint) {
    static final State UNKNOWN = new State("UNKNOWN", 0, 0);
  }

  /** Returns the current state; empty if Flink does not answer. */
  Optional<State> state() {
    try {
      JsonNode details = get("");
      long recordsIn = 0;
      for (JsonNode vertex : details.path("vertices")) {
        recordsIn += recordsIn("/vertices/" + vertex.path("id").asText() + "/subtasks/metrics");
      }
      long checkpoint = get("/checkpoints").path("latest").path("completed").path("id").asLong();
      return details.has("state")
          ? Optional.of(new State(details.get("state").asText(), recordsIn, checkpoint))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private long recordsIn(String metrics) throws IOException {
    long records = 0;
    for (JsonNode metric : get(metrics)) {
      String name = metric.path("id").asText();
      if (name.matches(SOURCE_RECORDS)) {
        String query = "?agg=sum&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        records += get(metrics + query).path(0).path("sum").asLong();
      }
    }
    return records;
  }

  /** Returns the root cause of the last failure, in one line; empty if Flink does not answer. */
  Optional<String> failure() {
    String trace;
    try {
      trace =
          get("/exceptions")
              .path("exceptionHistory")
              .path("entries")
              .path(0)
              .path("stacktrace")
              .asText();
    } catch (IOException e) {
      return Optional.empty();
    }
    return trace
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((outer, inner) -> inner)
        .or(() -> trace.lines().findFirst());
  }

  private JsonNode get(String path) throws IOException {
    URI address = webUi.resolve("/jobs/" + job + path);
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
      return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(address + " has not answered yet");
    }
  }
}
