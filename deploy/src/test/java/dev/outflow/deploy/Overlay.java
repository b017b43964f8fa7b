package dev.outflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;

/** The objects that one of {@code deploy/kubernetes/overlays} deploys. */
record Overlay(String name, List<ObjectNode> objects) {
  static final Path FOLDER = Path.of("kubernetes", "overlays");

  static Overlay dev() {
    return of("dev");
  }

  static Overlay production() {
    return of("production");
  }

  private static Overlay of(String name) {
    return new Overlay(name, Kustomization.build(FOLDER.resolve(name)));
  }

  /** Returns the only FlinkDeployment. */
  ObjectNode deployment() {
    return Kustomization.find(objects, "FlinkDeployment", "outflow");
  }

  ObjectNode networkPolicy(String policy) {
    return Kustomization.find(objects, "NetworkPolicy", policy);
  }

  ObjectNode jobFiles() {
    return (ObjectNode) Kustomization.find(objects, "ConfigMap", "outflow-job").get("data");
  }

  List<ObjectNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** Returns {@code flinkConfiguration}. */
  Configuration flink() {
    Configuration flink = new Configuration();
    deployment()
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(option -> flink.setString(option.getKey(), option.getValue().asText()));
    return flink;
  }

  /** Returns the template of all pods, which has one container. */
  JsonNode podTemplate() {
    return deployment().at("/spec/podTemplate");
  }

  JsonNode container() {
    return podTemplate().at("/spec/containers/0");
  }

  /** Writes job.yaml and its queries as they are mounted; returns the path of job.yaml. */
  Path writeJob(Path folder) throws IOException {
    for (var file : jobFiles().properties()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue().asText());
    }
    return folder.resolve("job.yaml");
  }

  /** Returns the elements of an array as text. */
  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
