/**
 * Runs the transformation of a job on rows, without Kafka.
 *
 * <p>Public API for users' tests: {@link dev.outflow.testing.TransformationTester}, {@link
 * dev.outflow.testing.TestedOutputs} and {@link dev.outflow.testing.JobFailedException}. Everything
 * else is internal.
 */
package dev.outflow.testing;
