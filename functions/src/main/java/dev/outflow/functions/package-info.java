/**
 * Functions of Azure Stream Analytics that Flink SQL does not have, for any query.
 *
 * <p>The public API is {@link dev.outflow.functions.OutflowModule} and the names of its functions;
 * their classes are public because Flink requires it.
 */
package dev.outflow.functions;
