package dev.outflow.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.outflow.compose.ComposedJob;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.job.Definitions;
import java.nio.file.Path;
import java.util.ArrayList;
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
                    "outputs.city_revenue.partitioner=crc32",
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
            "outputs.city_revenue.partitioner: crc32  (--set outputs.city_revenue.partitioner)",
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
  void showsTheTimeZoneAndItsOrigin() {
    assertThat(section(compose(), "flink"))
        .anyMatch(line -> line.contains("table.local-time-zone") && line.contains("UTC (default)"));
    assertThat(EffectiveConfig.changed(compose("flink.table.local-time-zone=GMT+00:10")))
        .contains("flink.table.local-time-zone: GMT+00:10  (--set flink.table.local-time-zone)");
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

  @Test
  void givesTheReasonForTheDefaultGuaranteeOfEventHubs() {
    ComposedJob job = compose(eventHubs("outputs.city_revenue"));

    assertThat(EffectiveConfig.guarantees(job))
        .containsEntry(
            "city_revenue",
            "at least once (Event Hubs: transactions are a preview, in the Premium and Dedicated"
                + " tiers only): visible immediately; a failure can duplicate records");
    assertThat(section(job, "outputs.city_revenue"))
        .contains(
            "delivery-guarantee at-least-once (Event Hubs: transactions are a preview, in the"
                + " Premium and Dedicated tiers only)",
            "kafka.connections.max.idle.ms 180000 (Event Hubs)",
            "kafka.max.request.size 1000000 (Event Hubs)",
            "kafka.metadata.max.age.ms 180000 (Event Hubs)",
            "kafka.metadata.max.idle.ms 180000 (Event Hubs)",
            "kafka.request.timeout.ms 60000 (Event Hubs)");
    assertThat(section(job, "outputs.large_orders"))
        .contains("delivery-guarantee exactly-once (default)")
        .noneMatch(line -> line.contains("Event Hubs"));
  }

  @Test
  void showsWhatOverridesTheDefaultsForEventHubs() {
    String output = "outputs.city_revenue";
    List<String> overrides = new ArrayList<>(List.of(eventHubs(output)));
    overrides.add(output + ".delivery-guarantee=exactly-once");
    overrides.add(output + ".kafka.request.timeout.ms=60000");
    overrides.add(output + ".kafka.max.request.size=500000");

    assertThat(EffectiveConfig.changed(compose(overrides.toArray(String[]::new))))
        .contains(
            "outputs.city_revenue.delivery-guarantee: exactly-once  (--set"
                + " outputs.city_revenue.delivery-guarantee)",
            "outputs.city_revenue.kafka.max.request.size: 500000  (--set"
                + " outputs.city_revenue.kafka.max.request.size)")
        .noneMatch(line -> line.contains("request.timeout.ms"));
  }

  @Test
  void showsTheDefaultsOfAnInputFromEventHubs() {
    assertThat(section(compose(eventHubs("inputs.orders")), "inputs.orders"))
        .contains("kafka.request.timeout.ms 60000 (Event Hubs)")
        .noneMatch(line -> line.startsWith("kafka.max.request.size"));
  }

  private static String[] eventHubs(String table) {
    return new String[] {
      table + ".bootstrap-servers=my-namespace.servicebus.windows.net:9093",
      table + ".security-protocol=sasl_ssl",
      table + ".sasl-mechanism=OAUTHBEARER",
      "outputs.city_revenue.compression-type=none"
    };
  }

  /** Returns the lines of a section, with single spaces. */
  private static List<String> section(ComposedJob job, String name) {
    return EffectiveConfig.of(job)
        .lines()
        .dropWhile(line -> !line.equals(name))
        .skip(1)
        .takeWhile(line -> line.startsWith("  "))
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private static ComposedJob compose(String... overrides) {
    return Definitions.compose(
        DefinitionReader.draft(DefinitionSource.of(JOB).with(List.of(overrides))));
  }
}
