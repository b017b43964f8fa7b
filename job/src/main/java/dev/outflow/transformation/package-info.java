/**
 * The logic of a job, in SQL or Java.
 *
 * <p>Public API: {@link dev.outflow.transformation.Transformation}. Everything else is internal.
 */
package dev.outflow.transformation;
