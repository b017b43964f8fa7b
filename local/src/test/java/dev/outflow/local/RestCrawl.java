package dev.outflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that the web UI can show: the answers of Flink's REST API by their paths. */
final class RestCrawl {
  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "/config",
          "/overview",
          "/jobmanager/config",
          "/jobmanager/environment",
          "/jobmanager/metrics",
          "/jobmanager/thread-dump",
          "/jars");
  private static final List<String> OF_A_TASK_MANAGER = List.of("", "/metrics", "/thread-dump");
  private static final List<String> OF_A_JOB =
      List.of(
          "/config",
          "/plan",
          "/jobmanager/config",
          "/exceptions",
          "/accumulators",
          "/checkpoints",
          "/checkpoints/config",
          "/metrics");
  private static final List<String> OF_A_VERTEX =
      List.of("", "/metrics", "/subtasks/metrics", "/accumulators", "/taskmanagers");
  private static final List<String> OF_AN_APPLICATION =
      List.of("", "/exceptions", "/jobmanager/config");

  private final ClusterRest rest;
  private final Map<String, byte[]> answers = new LinkedHashMap<>();

  private RestCrawl(ClusterRest rest) {
    this.rest = rest;
  }

  static Map<String, byte[]> of(ClusterRest rest) throws IOException, InterruptedException {
    RestCrawl crawl = new RestCrawl(rest);
    crawl.take("", OF_THE_CLUSTER);
    crawl.takeLogs("/jobmanager/logs");
    for (JsonNode each : crawl.take("/taskmanagers").path("taskmanagers")) {
      String taskManager = "/taskmanagers/" + each.path("id").asText();
      crawl.take(taskManager, OF_A_TASK_MANAGER);
      crawl.takeLogs(taskManager + "/logs");
    }
    for (JsonNode each : crawl.take("/applications/overview").path("applications")) {
      crawl.take("/applications/" + each.path("id").asText(), OF_AN_APPLICATION);
    }
    for (JsonNode each : crawl.take("/jobs/overview").path("jobs")) {
      crawl.takeJob("/jobs/" + each.path("jid").asText());
    }
    return crawl.answers;
  }

  private void takeJob(String job) throws IOException, InterruptedException {
    take(job, OF_A_JOB);
    for (JsonNode vertex : take(job).path("vertices")) {
      take(job + "/vertices/" + vertex.path("id").asText(), OF_A_VERTEX);
    }
  }

  private void takeLogs(String logs) throws IOException, InterruptedException {
    for (JsonNode log : take(logs).path("logs")) {
      String path = logs + "/" + log.path("name").asText();
      answers.put(path, rest.get(path));
    }
  }

  private void take(String parent, List<String> paths) throws IOException, InterruptedException {
    for (String path : paths) {
      take(parent + path);
    }
  }

  private JsonNode take(String path) throws IOException, InterruptedException {
    answers.put(path, rest.get(path));
    return rest.json(path);
  }
}
