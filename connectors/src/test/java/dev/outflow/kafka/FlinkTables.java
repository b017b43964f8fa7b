package dev.outflow.kafka;

import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Creates tables in a test's Flink cluster, with a checkpoint every 200 ms. */
public final class FlinkTables {
  private FlinkTables() {}

  /** Creates the environment of one job. */
  public static StreamTableEnvironment create(int parallelism) {
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200 ms");
    options.setString("parallelism.default", String.valueOf(parallelism));
    options.setString("pipeline.name", "test");
    return StreamTableEnvironment.create(
        StreamExecutionEnvironment.getExecutionEnvironment(options));
  }

  /** Writes {@code rows} and waits until they are committed, at most one minute. */
  public static void insert(Table rows, String table) throws Exception {
    rows.executeInsert(table).await(1, TimeUnit.MINUTES);
  }
}
