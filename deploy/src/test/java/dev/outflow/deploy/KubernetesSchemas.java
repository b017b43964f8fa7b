package dev.outflow.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Validates objects against the schemas of Kubernetes and the Flink Kubernetes Operator: reports
 * unknown fields and values of the wrong type.
 */
final class KubernetesSchemas {
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

  /** The models keep unknown fields in an any-setter; without it, they reject them. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  private KubernetesSchemas() {}

  static List<String> problems(ObjectNode object) {
    String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    if (!kind.equals("flink.apache.org/v1beta1 FlinkDeployment")) {
      return KINDS.containsKey(kind)
          ? problems(object, KINDS.get(kind))
          : List.of("no schema for " + kind);
    }
    List<String> problems = new ArrayList<>(FlinkDeploymentSchema.problems(object));
    problems.addAll(problems(object.get("metadata"), ObjectMeta.class));
    Stream.of("/spec/podTemplate", "/spec/jobManager/podTemplate", "/spec/taskManager/podTemplate")
        .map(object::at)
        .filter(JsonNode::isObject)
        .forEach(template -> problems.addAll(problems(template, PodTemplateSpec.class)));
    return problems;
  }

  private static List<String> problems(JsonNode node, Class<?> model) {
    try {
      STRICT.treeToValue(node, model);
      return List.of();
    } catch (JsonProcessingException e) {
      return List.of(e.getMessage());
    }
  }
}
