/**
 * The security options of Kafka tables: {@code security-protocol} and related options to properties
 * of Kafka clients.
 *
 * <p>Public API: the options of {@link dev.outflow.security.SecurityOptions} and the metrics of
 * {@link dev.outflow.security.SecurityMetrics}. The types are internal, for Outflow's other
 * modules.
 */
package dev.outflow.security;
