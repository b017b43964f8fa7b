package dev.outflow.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.types.Row;

/**
 * What a job did with given rows.
 *
 * @param outputs the rows of each output, in the order of their arrival
 * @param inputs the inputs that these outputs depend on
 */
public record RunResult(Map<String, List<Row>> outputs, Set<String> inputs) {}
