/**
 * Reads typed options, reports all problems at once, suggests names and masks secrets.
 *
 * <p>Public API: {@link dev.outflow.option.InvalidOptionsException}, which tables fail with. The
 * other types are internal, for Outflow's other modules.
 */
package dev.outflow.option;
