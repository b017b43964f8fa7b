package dev.outflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects everything that the web UI can show: responses of Flink's REST API, by path. */
final class RestCrawl {
  private static final List<String> CLUSTER_PATHS =
      List.of(
          "/config",
          "/overview",
          "/jobmanager/config",
          "/jobmanager/environment",
          "/jobmanager/metrics",
          "/jobmanager/thread-dump",
          "/jars");
  private static final List<String> TASK_MANAGER_PATHS = List.of("", "/metrics", "/thread-dump");
  private static final List<String> JOB_PATHS =
      List.of(
          "/config",
          "/plan",
          "/jobmanager/config",
          "/exceptions",
          "/accumulators",
          "/checkpoints",
          "/checkpoints/config",
          "/metrics");
  private static final List<String> VERTEX_PATHS =
      List.of("", "/metrics", "/subtasks/metrics", "/accumulators", "/taskmanagers");
  private static final List<String> APPLICATION_PATHS =
      List.of("", "/exceptions", "/jobmanager/config");

  private final ClusterRest rest;
  private final Map<String, byte[]> responses = new LinkedHashMap<>();

  private RestCrawl(ClusterRest rest) {
    this.rest = rest;
  }

  static Map<String, byte[]> of(ClusterRest rest) throws IOException, InterruptedException {
    RestCrawl crawl = new RestCrawl(rest);
    crawl.take("", CLUSTER_PATHS);
    crawl.takeLogs("/jobmanager/logs");
    for (JsonNode taskManager : crawl.take("/taskmanagers").path("taskmanagers")) {
      String path = "/taskmanagers/" + taskManager.path("id").asText();
      crawl.take(path, TASK_MANAGER_PATHS);
      crawl.takeLogs(path + "/logs");
    }
    for (JsonNode application : crawl.take("/applications/overview").path("applications")) {
      crawl.take("/applications/" + application.path("id").asText(), APPLICATION_PATHS);
    }
    for (JsonNode job : crawl.take("/jobs/overview").path("jobs")) {
      crawl.takeJob("/jobs/" + job.path("jid").asText());
    }
    return crawl.responses;
  }

  private void takeJob(String job) throws IOException, InterruptedException {
    take(job, JOB_PATHS);
    for (JsonNode vertex : take(job).path("vertices")) {
      take(job + "/vertices/" + vertex.path("id").asText(), VERTEX_PATHS);
    }
  }

  private void takeLogs(String logs) throws IOException, InterruptedException {
    for (JsonNode log : take(logs).path("logs")) {
      String path = logs + "/" + log.path("name").asText();
      responses.put(path, rest.get(path));
    }
  }

  private void take(String parent, List<String> paths) throws IOException, InterruptedException {
    for (String path : paths) {
      take(parent + path);
    }
  }

  private JsonNode take(String path) throws IOException, InterruptedException {
    responses.put(path, rest.get(path));
    return rest.json(path);
  }
}
