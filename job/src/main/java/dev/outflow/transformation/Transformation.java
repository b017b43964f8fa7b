package dev.outflow.transformation;

import java.util.Map;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * What a job does: from named tables to named tables.
 *
 * <p>The inputs of job.yaml are there under their names. Each output alias gets the table of its
 * own name, and its columns from it. An implementation has a public constructor without parameters;
 * job.yaml names it as {@code transformation}, or it is found as a service if it is the only one.
 */
@FunctionalInterface
public interface Transformation {
  /**
   * Describes the work; nothing runs yet.
   *
   * @param tables where the inputs are: {@code tables.from("orders")}
   * @return exactly one table for each output alias
   */
  Map<String, Table> apply(StreamTableEnvironment tables);
}
