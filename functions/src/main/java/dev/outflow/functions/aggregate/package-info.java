/** Aggregate functions. {@link dev.outflow.functions.OutflowModule} names them. */
package dev.outflow.functions.aggregate;
