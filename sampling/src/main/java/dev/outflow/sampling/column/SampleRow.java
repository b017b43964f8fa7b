package dev.outflow.sampling.column;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A row of a sample.
 *
 * @param values its fields
 * @param arrival the timestamp of its record
 * @param partition the partition of its record
 */
public record SampleRow(ObjectNode values, long arrival, int partition) {}
