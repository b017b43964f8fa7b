package dev.outflow.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.job.Definitions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
  private static final String JOB = Path.of("../conf/job.yaml").toString();

  @Test
  void listsOnlyWhatTheUserChanged() {
    assertThat(
            EffectiveConfig.changed(
                compose(
                    "outputs.city_revenue.compression-type=none",
                    "outputs.city_revenue.delivery-guarantee=at-least-once",
                    "outputs.city_revenue.kafka.linger.ms=5",
                    "outputs.city_revenue.security-protocol=sasl_ssl",
                    "outputs.city_revenue.username=${env:NAME}",
                    "outputs.city_revenue.password=hunter2",
                    "flink.parallelism.default=2")))
        .containsExactly(
            "inputs.orders.start: earliest  (../conf/job.yaml:10:5)",
            "outputs.large_orders.compression-type: zstd  (../conf/job.yaml:31:5)",
            "outputs.large_orders.partition-key: order_id  (../conf/job.yaml:30:5)",
            "outputs.city_revenue.delivery-guarantee: at-least-once  (--set"
                + " outputs.city_revenue.delivery-guarantee)",
            "outputs.city_revenue.kafka.linger.ms: 5  (--set outputs.city_revenue.kafka.linger.ms)",
            "outputs.city_revenue.partition-key: city  (../conf/job.yaml:36:5)",
            "outputs.city_revenue.password: ******  (--set outputs.city_revenue.password)",
            "outputs.city_revenue.security-protocol: sasl_ssl  (--set"
                + " outputs.city_revenue.security-protocol)",
            "outputs.city_revenue.username: ${env:NAME}  (--set outputs.city_revenue.username)",
            "flink.parallelism.default: 2  (--set flink.parallelism.default)");
  }

  @Test
  void omitsOrderingOptionsThatAreNotInEffect() {
    assertThat(EffectiveConfig.of(compose()))
        .contains("placed_at, out-of-order 5 s")
        .doesNotContain("event-time.", "adjust");
  }

  @Test
  void statesTheGuaranteeOfEachOutputAndItsOrigin() {
    assertThat(
            EffectiveConfig.guarantees(
                compose("outputs.city_revenue.delivery-guarantee=at-least-once")))
        .containsExactly(
            entry(
                "large_orders",
                "exactly once (default): committed with each checkpoint, every 10000 ms, for"
                    + " consumers with isolation.level=read_committed"),
            entry(
                "city_revenue",
                "at least once (--set outputs.city_revenue.delivery-guarantee): visible"
                    + " immediately; a failure can duplicate records"));
  }

  private static ComposedJob compose(String... overrides) {
    return Definitions.compose(DefinitionReader.draft(JOB, List.of(overrides)));
  }
}
