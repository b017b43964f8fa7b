/**
 * Bad records: error codes, error policy, metrics and logs, and the headers of dead letters.
 *
 * <p>Public API: the names of codes, headers and metrics. The classes are internal.
 */
package dev.outflow.kafka.error;
