package dev.outflow.transformation;

import java.util.Map;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The logic of a job: a function from named tables to named tables.
 *
 * <p>The inputs of job.yaml are available as tables of their names. Each output writes the returned
 * table of its alias and has that table's columns. An implementation needs a public no-argument
 * constructor. Set {@code transformation} in job.yaml to its class name, or register it for {@link
 * java.util.ServiceLoader} if it is the only one.
 */
@FunctionalInterface
public interface Transformation {
  /**
   * Defines the transformation; nothing runs yet.
   *
   * @param tables the environment with the inputs, e.g. {@code tables.from("orders")}
   * @return exactly one table for each output alias
   */
  Map<String, Table> apply(StreamTableEnvironment tables);
}
