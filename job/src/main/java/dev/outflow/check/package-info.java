/**
 * Checks whether a job can start: {@code ./outflow check} with every step, and the check before a
 * start with those that would prevent the job from working. Neither modifies Kafka.
 *
 * <p>{@link dev.outflow.check.CheckStep} lists the steps and what they need; {@link
 * dev.outflow.check.JobCheck} and {@link dev.outflow.check.PreflightCheck} run them. Public types
 * are for Outflow's own commands, not an API; the names of steps and the keys of {@code check
 * --json} are stable.
 */
package dev.outflow.check;
