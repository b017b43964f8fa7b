package dev.outflow.compose;

import static dev.outflow.compose.OrdersJob.INPUT;
import static dev.outflow.compose.OrdersJob.OUTPUT;
import static dev.outflow.compose.OrdersJob.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Problem;
import dev.outflow.job.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows in a time zone whose offset from UTC is not a multiple of their length. */
class ZonedWindowsTest {
  private final OrdersJob orders;

  ZonedWindowsTest(@TempDir Path folder) {
    orders = new OrdersJob(folder);
  }

  @Test
  void rejectsWindowsOfWhichFlinkLosesRecordsInATimeZone() throws IOException {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> orders.compose(windows("Asia/Kolkata", "'1' HOUR")))
        .extracting(InvalidDefinitionException::problems, list(Problem.class))
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.table.local-time-zone",
                "Flink loses records of windows in Asia/Kolkata, because its offset from UTC is not"
                    + " a multiple of their length or slide (output 'large': TUMBLE of 1 h); remove"
                    + " it to use UTC, or write GROUP BY TUMBLE(...) or HOP(...) instead of FROM"
                    + " TABLE(...)"));
  }

  @Test
  void acceptsWindowsThatFlinkCutsRightInATimeZone() throws IOException {
    assertThat(orders.compose(windows("Asia/Kolkata", "'30' MINUTE")).warnings()).isEmpty();
    assertThat(orders.compose(windows("Europe/Berlin", "'1' DAY")).warnings()).isEmpty();
    assertThat(
            orders
                .compose(
                    INPUT
                        + """
                        queries:
                          large: >
                            SELECT TUMBLE_END(placed_at, INTERVAL '1' DAY) AS until, COUNT(*) AS n
                            FROM orders GROUP BY TUMBLE(placed_at, INTERVAL '1' DAY)
                        flink: { table.local-time-zone: Asia/Kolkata }
                        """
                        + OUTPUT)
                .warnings())
        .isEmpty();
  }

  @Test
  void warnsThatWindowsOfAJobWithDataStreamsAreNotChecked() {
    ComposedJob job =
        Definitions.compose(
            DefinitionReader.draft(
                DefinitionSource.of("../conf/examples/distinct-orders.yaml")
                    .with(List.of("flink.table.local-time-zone=Europe/Berlin"))));

    assertThat(job.warnings())
        .extracting(Problem::property, Problem::message)
        .containsExactly(
            tuple(
                "flink.table.local-time-zone",
                "the windows of 'distinct_orders' are not checked, because a transformation with"
                    + " DataStreams has no compiled plan; in UTC all are correct"));
  }

  private static String windows(String zone, String interval) {
    return INPUT
        + """
          queries:
            large: >
              SELECT window_end, COUNT(*) AS n
              FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed_at), INTERVAL %s))
              GROUP BY window_start, window_end
          flink: { table.local-time-zone: %s }
          """
            .formatted(interval, zone)
        + OUTPUT;
  }
}
