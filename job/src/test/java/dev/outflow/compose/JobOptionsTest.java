package dev.outflow.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.definition.Unusable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.config.TableConfigOptions;
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

  @Test
  void runsInUtcUnlessTheDefinitionOrTheClusterSetsAZone() {
    String option = TableConfigOptions.LOCAL_TIME_ZONE.key();
    Map<String, String> berlin = Map.of(option, "Europe/Berlin");

    assertThat(zone(Map.of(), Map.of())).isEqualTo("UTC");
    assertThat(zone(Map.of(), Map.of(option, "default"))).isEqualTo("UTC");
    assertThat(zone(Map.of(), berlin)).isEqualTo("Europe/Berlin");
    assertThat(zone(Map.of(option, "Asia/Kolkata"), berlin)).isEqualTo("Asia/Kolkata");
  }

  @Test
  void reportsAnInvalidZoneOfTheClusterAtTheOption() {
    Draft draft = new Draft(job(SQL, Map.of()), List.of(), new Unusable(Set.of()));
    Configuration cluster = new Configuration();
    cluster.set(TableConfigOptions.LOCAL_TIME_ZONE, "Mars/Base");

    assertThat(JobOptions.check(draft, cluster).problems())
        .singleElement()
        .returns("flink.table.local-time-zone", Problem::property)
        .extracting(Problem::message, STRING)
        .startsWith("'Mars/Base' is not a time zone;")
        .endsWith("(set by the cluster)");
  }

  private static String zone(Map<String, String> flink, Map<String, String> cluster) {
    return JobOptions.of(job(SQL, flink), Configuration.fromMap(cluster))
        .get(TableConfigOptions.LOCAL_TIME_ZONE);
  }

  private static Optional<Boolean> reuse(
      List<Query> queries, Map<String, String> flink, Map<String, String> cluster) {
    return JobOptions.of(job(queries, flink), Configuration.fromMap(cluster))
        .getOptional(PipelineOptions.OBJECT_REUSE);
  }

  private static JobDefinition job(List<Query> queries, Map<String, String> flink) {
    return new JobDefinition(
        "test",
        Map.of(),
        List.of(),
        queries,
        queries.isEmpty() ? Optional.of("com.acme.Orders") : Optional.empty(),
        Map.of(),
        flink,
        path -> HERE);
  }
}
