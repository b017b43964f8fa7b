package dev.outflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/** What Flink's REST API says about one job; the web UI shows the same. */
record FlinkRest(URI webUi, JobID job) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final String SOURCE_RECORDS = "Source__[^.]*\\.numRecordsIn";

  /** RUNNING, RESTARTING, FAILED, FINISHED and so on, as Flink's JobStatus. */
  String status() {
    return get("").path("state").asText();
  }

  /** Records that the job's sources have read since it (re)started. */
  long recordsIn() {
    long records = 0;
    for (JsonNode vertex : get("").path("vertices")) {
      String metrics = "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      List<String> names = new ArrayList<>();
      get(metrics).forEach(metric -> names.add(metric.path("id").asText()));
      for (String name : names) {
        if (name.matches(SOURCE_RECORDS)) {
          String query = "?agg=sum&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
          records += get(metrics + query).path(0).path("sum").asLong();
        }
      }
    }
    return records;
  }

  /** The number of the last completed checkpoint; 0 before the first. */
  long lastCheckpoint() {
    return get("/checkpoints").path("latest").path("completed").path("id").asLong();
  }

  /** Why the job failed last, as one line. */
  Optional<String> failure() {
    String trace =
        get("/exceptions")
            .path("exceptionHistory")
            .path("entries")
            .path(0)
            .path("stacktrace")
            .asText();
    return trace
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((outer, inner) -> inner)
        .or(() -> trace.lines().findFirst());
  }

  private JsonNode get(String path) {
    URI address = webUi.resolve("/jobs/" + job + path);
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(WAIT).build();
      return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JSON.createObjectNode();
    }
  }
}
