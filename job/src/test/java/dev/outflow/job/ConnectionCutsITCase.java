package dev.outflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.check.PreflightCheck;
import dev.outflow.compose.ComposedJob;
import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.embedded.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job writes while its connections are cut: no record is lost, and no batch expires, which would
 * fail the job. {@code -Dsoak=8m} sets the duration; figures are in {@code target/soak.txt}.
 */
@ExtendWith(MiniClusterExtension.class)
class ConnectionCutsITCase {
  private static final Duration DURATION =
      Duration.parse("PT" + System.getProperty("soak", "15s").toUpperCase(Locale.ROOT));
  private static final int ROWS_PER_SECOND = 500;
  private static final long CUT_EVERY_MS = 700;

  @TempDir private Path folder;

  @Test
  void losesNoRecordAndNoBatchExpires() throws Exception {
    int rows = (int) DURATION.toSeconds() * ROWS_PER_SECOND;
    ScheduledExecutorService cutter = Executors.newSingleThreadScheduledExecutor();
    try (FakeBroker broker =
        FakeBroker.start(BrokerShape.eventHubs()).cutAfterIdle(Duration.ofSeconds(3))) {
      TestTopic output = broker.topic("numbers", 4);
      AtomicInteger cuts = new AtomicInteger();
      Future<?> cutting =
          cutter.scheduleAtFixedRate(
              () -> {
                broker.cutConnections();
                cuts.incrementAndGet();
              },
              CUT_EVERY_MS,
              CUT_EVERY_MS,
              TimeUnit.MILLISECONDS);

      job(broker, rows)
          .submit()
          .getJobExecutionResult()
          .get(DURATION.toSeconds() + 120, TimeUnit.SECONDS);
      assertThat(cutting.cancel(false)).isTrue();
      cutter.shutdown();
      assertThat(cutter.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

      List<String> written =
          output.committed().stream()
              .map(record -> new String(record.value(), UTF_8).strip())
              .toList();
      Set<String> missing =
          IntStream.rangeClosed(1, rows).mapToObj(String::valueOf).collect(Collectors.toSet());
      missing.removeAll(new HashSet<>(written));
      String figures =
          "%d rows in %d s, %d cuts, %d connections: %d lost, %d duplicated, 0 expired batches%n"
              .formatted(
                  rows,
                  DURATION.toSeconds(),
                  cuts.get(),
                  broker.connections(),
                  missing.size(),
                  written.size() - (rows - missing.size()));
      Files.writeString(Path.of("target", "soak.txt"), figures);
      assertThat(missing).as(figures).isEmpty();
      assertThat(broker.connections()).as(figures).isGreaterThan(cuts.get() / 2);
    } finally {
      cutter.shutdownNow();
    }
  }

  private ComposedJob job(FakeBroker broker, int rows) throws Exception {
    ComposedJob job =
        Definitions.compose(
            Definitions.read(
                folder,
                """
                name: connection-cuts
                inputs:
                  numbers:
                    connector: datagen
                    rows-per-second: %d
                    columns: { n: INT }
                    fields: { n: { kind: sequence, start: 1, end: %d } }
                queries: { copies: SELECT n FROM numbers }
                outputs:
                  copies:
                    bootstrap-servers: %s
                    topic: numbers
                    format: csv
                    delivery-guarantee: at-least-once
                    kafka.request.timeout.ms: "5000"
                    kafka.delivery.timeout.ms: "20000"
                flink:
                  execution.checkpointing.interval: 1 s
                  restart-strategy.type: none
                """
                    .formatted(ROWS_PER_SECOND, rows, broker.bootstrapServers())));
    PreflightCheck.run(job);
    return job;
  }
}
