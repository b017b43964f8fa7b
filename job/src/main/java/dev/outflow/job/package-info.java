/**
 * The main class of the jar and its arguments.
 *
 * <p>Public API: the command line of {@link dev.outflow.job.StreamingJob}. Everything else is
 * internal.
 */
package dev.outflow.job;
