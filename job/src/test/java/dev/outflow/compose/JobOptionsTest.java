package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Location;
import dev.outflow.definition.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
  private static final Location HERE = new Location("job.yaml", 1, 1);
  private static final List<Query> SQL = List.of(new Query("large", "SELECT 1 AS n", HERE));

  @Test
  void enablesObjectReuseForQueries() {
    assertThat(reuse(SQL, Map.of(), Map.of())).contains(true);
  }

  @Test
  void doesNotEnableObjectReuseForATransformation() {
    assertThat(reuse(List.of(), Map.of(), Map.of())).isEmpty();
  }

  @Test
  void prefersTheDefinitionThenTheClusterThenTheDefault() {
    String option = PipelineOptions.OBJECT_REUSE.key();

    assertThat(reuse(SQL, Map.of(option, "false"), Map.of())).contains(false);
    assertThat(reuse(SQL, Map.of(), Map.of(option, "false"))).isEmpty();
    assertThat(reuse(SQL, Map.of(option, "true"), Map.of(option, "false"))).contains(true);
  }

  private static Optional<Boolean> reuse(
      List<Query> queries, Map<String, String> flink, Map<String, String> cluster) {
    JobDefinition job =
        new JobDefinition(
            "test",
            Map.of(),
            queries,
            queries.isEmpty() ? Optional.of("com.acme.Orders") : Optional.empty(),
            Map.of(),
            flink,
            path -> HERE);
    return JobOptions.of(job, Configuration.fromMap(cluster))
        .getOptional(PipelineOptions.OBJECT_REUSE);
  }
}
