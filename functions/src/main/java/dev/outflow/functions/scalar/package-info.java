/**
 * Scalar functions of text, dates and bits. {@link dev.outflow.functions.OutflowModule} names them.
 */
package dev.outflow.functions.scalar;
