package dev.outflow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Builds a directory like {@code kubectl kustomize}, except for the hash at the end of a
 * ConfigMap's name. Supports only the features that {@code deploy/kubernetes} uses. {@link
 * KustomizationTest} compares it with the real one.
 */
final class Kustomization {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "components",
          "configMapGenerator",
          "configurations",
          "patches",
          "images");

  private final Path folder;
  private final JsonNode kustomization;
  private final List<ObjectNode> objects = new ArrayList<>();

  private Kustomization(Path folder) {
    this.folder = folder;
    this.kustomization = documents(folder.resolve("kustomization.yaml")).get(0);
    kustomization
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(folder + ": unsupported field: " + name);
              }
            });
  }

  /** Returns the objects that {@code folder} defines. */
  static List<ObjectNode> build(Path folder) {
    Kustomization built = new Kustomization(folder);
    built.kustomization.path("resources").forEach(built::addResource);
    built.kustomization.path("components").forEach(built::addResource);
    built.kustomization.path("configMapGenerator").forEach(built::generate);
    built.kustomization.path("patches").forEach(built::patch);
    built.kustomization.path("images").forEach(built::setImage);
    if (built.kustomization.has("namespace")) {
      built.setNamespace(built.kustomization.get("namespace").asText());
    }
    return built.objects;
  }

  /** Returns all documents of a YAML file. */
  static List<ObjectNode> documents(Path file) {
    try {
      return YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(file.toFile()).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addResource(JsonNode name) {
    Path resource = folder.resolve(name.asText()).normalize();
    objects.addAll(Files.isDirectory(resource) ? build(resource) : documents(resource));
  }

  private void generate(JsonNode generator) {
    String name = generator.get("name").asText();
    ObjectNode configMap = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    configMap.putObject("metadata").put("name", name);
    ObjectNode data = configMap.putObject("data");
    objects.add(configMap);
    for (JsonNode file : generator.get("files")) {
      Path path = folder.resolve(file.asText());
      data.put(path.getFileName().toString(), text(path));
    }
  }

  private void patch(JsonNode patch) {
    for (ObjectNode part : documents(folder.resolve(patch.get("path").asText()))) {
      merge(find(objects, part.get("kind").asText(), part.at("/metadata/name").asText()), part);
    }
  }

  /** Merges by RFC 7386, like kustomize does for kinds without a schema. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    for (var field : patch.properties()) {
      if (field.getValue() instanceof ObjectNode inner
          && target.get(field.getKey()) instanceof ObjectNode old) {
        merge(old, inner);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }

  private void setImage(JsonNode image) {
    for (ObjectNode object : objects) {
      if (object.at("/spec/image").asText().equals(image.get("name").asText())) {
        String name = image.get("newName").asText() + ":" + image.get("newTag").asText();
        ((ObjectNode) object.get("spec")).put("image", name);
      }
    }
  }

  private void setNamespace(String namespace) {
    for (ObjectNode object : objects) {
      ((ObjectNode) object.get("metadata")).put("namespace", namespace);
      object
          .path("subjects")
          .forEach(subject -> ((ObjectNode) subject).put("namespace", namespace));
    }
  }

  /**
   * Returns the object of this kind and name.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  static ObjectNode find(List<ObjectNode> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind + " " + name + " not found"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
