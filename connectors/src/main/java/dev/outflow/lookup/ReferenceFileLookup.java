package dev.outflow.lookup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up rows of a reference file. Each parallel task holds the whole file in memory and reloads
 * it in the background; a new version replaces the previous one as a whole. A version that cannot
 * be read, or has an invalid row, is reported and not used.
 *
 * <p>Internal; public because Flink requires it of a function.
 */
public final class ReferenceFileLookup extends LookupFunction {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceFileLookup.class);

  private final String table;
  private final ReferenceFile file;
  private final ReferenceKey key;
  private final Duration interval;

  private transient ScheduledExecutorService executor;
  private transient Counter failures;
  private transient volatile Loaded loaded;

  ReferenceFileLookup(String table, ReferenceFile file, ReferenceKey key, Duration interval) {
    this.table = table;
    this.file = file;
    this.key = key;
    this.interval = interval;
  }

  private record Loaded(ReferenceFile.Version version, ReferenceIndex index, int rows) {}

  /**
   * Reads the file for the first time.
   *
   * @throws ReferenceDataException if it cannot be used
   */
  @Override
  public void open(FunctionContext context) throws Exception {
    file.open();
    loaded = load();
    MetricGroup metrics = context.getMetricGroup().addGroup("reference", table);
    failures = metrics.counter("reload-failures");
    metrics.gauge("rows", () -> loaded.rows);
    metrics.gauge("modified", () -> loaded.version.modified());
    executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "reference data of " + table);
              daemon.setDaemon(true);
              return daemon;
            });
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::reload, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Collection<RowData> lookup(RowData keyRow) {
    return loaded.index.find(keyRow);
  }

  private void reload() {
    try {
      ReferenceFile.Version current = file.version(Instant.now());
      if (!current.equals(loaded.version)) {
        loaded = load();
        LOG.info("Input '{}': loaded {} rows from {}", table, loaded.rows, loaded.version.file());
      }
    } catch (IOException | RuntimeException e) {
      failures.inc();
      LOG.warn(
          "Input '{}': {}; {} of {} stays in use",
          table,
          e.getMessage(),
          loaded.version.file(),
          Instant.ofEpochMilli(loaded.version.modified()));
    }
  }

  private Loaded load() throws IOException {
    ReferenceFile.Version version = file.version(Instant.now());
    var rows = file.read(version);
    return new Loaded(version, new ReferenceIndex(key, rows), rows.size());
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
